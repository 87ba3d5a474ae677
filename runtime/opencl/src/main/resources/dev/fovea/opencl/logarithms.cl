// Logarithms without a call, so that a loop over elements or items can be made of vectors: log and log1p are calls, one element at a time.

// ln(1 + x) of an x that is not negative, with all digits of a small one. 1 + x is 2^n·m with m between √½ and √2, whose logarithm is a
// polynomial of m − 1 (Cephes, logf); what was lost as 1 + x was rounded is added as a share of it. NaN stays NaN.
float log_of_one_more(float x) {
    const float sum = 1.0f + x;
    const float lost = x - (sum - 1.0f);
    const int bits = as_int(sum);
    const int n = (bits - 0x3f3504f3) >> 23;
    const float z = as_float(bits - (n << 23)) - 1.0f;
    const float square = z * z;
    float series = z * 7.0376836e-2f - 1.1514610e-1f;
    series = z * series + 1.1676998e-1f;
    series = z * series - 1.2420141e-1f;
    series = z * series + 1.4249323e-1f;
    series = z * series - 1.6668057e-1f;
    series = z * series + 2.0000714e-1f;
    series = z * series - 2.4999994e-1f;
    series = z * series + 3.3333331e-1f;
    // ln 2 in two parts, of which n times the first is exact.
    const float rest = z * square * series + n * -2.1219444e-4f - 0.5f * square + lost / sum;
    return n * 0.693359375f + (z + rest);
}
