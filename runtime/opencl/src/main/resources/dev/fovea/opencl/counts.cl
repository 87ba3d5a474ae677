// Counts how well scores of classes hit their labels. Whole numbers, so the order in which items add to them does not matter.
//! CLASSES     scores of a position
//! POSITIONS   positions of a sample
//! PAIRS       whether what was taken for what is counted

// One item a position. A rank is how many scores are larger than the label's, of equal ones the first counting as larger; behind
// the ranks those whose label's score is NaN. A pair is a label and the class of the largest score, of equal ones the first;
// behind the classes those with a NaN among their scores.
__kernel void count(const __global float *scores, long scoresOffset, long scoresStride, const __global float *target,
        long targetOffset, long targetStride, __global int *ranks, __global int *pairs, int batch) {
    const int i = get_global_id(0);
    if (i >= batch * POSITIONS) {
        return;
    }
    const int sample = i / POSITIONS;
    const int position = i % POSITIONS;
    const __global float *score = scores + scoresOffset + sample * scoresStride + position;
    const int label = (int) target[targetOffset + sample * targetStride + position];
    if (label < 0 || label >= CLASSES) {
        return;
    }
    const float wanted = score[label * POSITIONS];
    int rank = 0;
    int largest = 0;
    float most = score[0];
    bool numbers = true;
    for (int c = 0; c < CLASSES; c++) {
        const float other = score[c * POSITIONS];
        const bool smaller = c < label ? other < wanted : other <= wanted;
        rank += smaller || c == label ? 0 : 1;
        numbers = numbers && !isnan(other);
        if (other > most) {
            most = other;
            largest = c;
        }
    }
    atomic_inc(ranks + (isnan(wanted) ? CLASSES : rank));
#if PAIRS
    atomic_inc(pairs + label * (CLASSES + 1) + (numbers ? largest : CLASSES));
#endif
}
