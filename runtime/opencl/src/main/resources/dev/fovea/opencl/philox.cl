// Counter-based random numbers: a function of seed, stream and place, so backward draws again what forward drew, and every
// device draws the same.

// Philox4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011.
uint4 philox(ulong seed, ulong stream, ulong block) {
    uint4 counter = (uint4)((uint) block, (uint) (block >> 32), (uint) stream, (uint) (stream >> 32));
    uint2 key = (uint2)((uint) seed, (uint) (seed >> 32));
    for (int round = 0; round < 10; round++) {
        const uint low0 = 0xD2511F53u * counter.x;
        const uint high0 = mul_hi(0xD2511F53u, counter.x);
        const uint low1 = 0xCD9E8D57u * counter.z;
        const uint high1 = mul_hi(0xCD9E8D57u, counter.z);
        counter = (uint4)(high1 ^ counter.y ^ key.x, low1, high0 ^ counter.w ^ key.y, low0);
        key += (uint2)(0x9E3779B9u, 0xBB67AE85u);
    }
    return counter;
}
