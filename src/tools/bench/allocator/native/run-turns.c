/* Runs the turns of a file on the allocator that HEAP names, a file beside this one: cc -DHEAP='"walked-list.h"'.
 * For each line of the input, a number of turns, it prints the nanoseconds of processor time that they took, and a checksum of
 * every address so far. The file: live, count, then first[live], slots[count], sizes[count], all 32-bit. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include HEAP

static int32_t *numbers(FILE *file, size_t n) {
  int32_t *into = malloc(n * sizeof *into);
  if (!into || fread(into, sizeof *into, n, file) != n) exit(1);
  return into;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 1;
  int32_t *head = numbers(file, 2);
  int32_t live = head[0], count = head[1];
  int32_t *first = numbers(file, live), *slots = numbers(file, count), *sizes = numbers(file, count);
  address *blocks = malloc(live * sizeof *blocks);
  uint32_t sum = 0;
  heap_make();
  for (int32_t i = 0; i < live; i++) sum = sum * 31 + (uint32_t)(blocks[i] = heap_malloc(first[i]));
  for (int turns; scanf("%d", &turns) == 1;) {
    double start = now();
    for (int32_t i = 0; i < turns; i++) {
      int32_t slot = slots[i];
      heap_free(blocks[slot]);
      sum = sum * 31 + (uint32_t)(blocks[slot] = heap_malloc(sizes[i]));
    }
    printf("%.0f %u\n", now() - start, sum);
    fflush(stdout);
  }
  return 0;
}
