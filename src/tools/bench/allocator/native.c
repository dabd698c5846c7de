/* Runs the turns of a file on the C library's malloc: prints nanoseconds per operation, one line a round.
 * The file: live, count, then first[live], slots[count], sizes[count], all 32-bit. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int32_t *numbers(FILE *file, size_t n) {
  int32_t *into = malloc(n * sizeof *into);
  if (!into || fread(into, sizeof *into, n, file) != n) exit(1);
  return into;
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 1;
  int32_t *head = numbers(file, 2);
  int32_t live = head[0], count = head[1];
  int32_t *first = numbers(file, live), *slots = numbers(file, count), *sizes = numbers(file, count);
  void **blocks = malloc(live * sizeof *blocks);
  for (int32_t i = 0; i < live; i++) blocks[i] = malloc(first[i]);
  int rounds = atoi(argv[2]);
  for (int round = -1; round < rounds; round++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int32_t i = 0; i < count; i++) {
      free(blocks[slots[i]]);
      blocks[slots[i]] = malloc(sizes[i]);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double ns = (end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec);
    if (round >= 0) printf("%.3f\n", ns / (2.0 * count)); /* the first round warms up */
  }
  return 0;
}
