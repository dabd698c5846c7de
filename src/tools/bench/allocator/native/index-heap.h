/* First fit in address order by the index of src/heap/: the same bits, the same tree, the same steps. It grows at the top by what
 * is missing, and its addresses are those of FreeList. Tables have their full length at once: the system gives the memory when
 * it is used. */
#include <stdbool.h>
#include <sys/mman.h>

#define UNIT 16
#define NONE (-1)
#define MOST_UNITS (1 << 28)

typedef int32_t address;

static int32_t *row_of(int32_t length) {
  void *row = mmap(NULL, length * sizeof(int32_t), PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (row == MAP_FAILED) exit(1);
  return row;
}

/* BitSet (bit-set.ts): a bit a number, and above each level a bit for every word that is not empty. */
#define SET_LEVELS 6
typedef struct {
  uint32_t *level[SET_LEVELS];
} bit_set;

static void set_make(bit_set *set) {
  int32_t words = MOST_UNITS / 32 + 1;
  for (int k = 0; k < SET_LEVELS; k++, words = (words + 31) / 32) set->level[k] = (uint32_t *)row_of(words + 1);
}

static inline bool has(const bit_set *set, int32_t i) { return set->level[0][i >> 5] >> (i & 31) & 1; }

static void add(bit_set *set, int32_t i) {
  for (int k = 0; k < SET_LEVELS; k++, i >>= 5) {
    uint32_t *word = &set->level[k][i >> 5], was = *word;
    *word |= 1u << (i & 31);
    if (was != 0) return;
  }
}

static void delete(bit_set *set, int32_t i) {
  for (int k = 0; k < SET_LEVELS; k++, i >>= 5) {
    if ((set->level[k][i >> 5] &= ~(1u << (i & 31))) != 0) return;
  }
}

/* The smallest member that is at least i, of which there must be one. */
static int32_t next(const bit_set *set, int32_t i) {
  int k = 0;
  uint32_t word;
  while ((word = set->level[k][i >> 5] & -1u << (i & 31)) == 0) {
    i = (i >> 5) + 1;
    k++;
  }
  i = (i >> 5 << 5) + __builtin_ctz(word);
  while (--k >= 0) i = (i << 5) + __builtin_ctz(set->level[k][i]);
  return i;
}

/* The largest member that is at most i, of which there must be one. */
static int32_t previous(const bit_set *set, int32_t i) {
  int k = 0;
  uint32_t word;
  while ((word = set->level[k][i >> 5] & -1u >> (31 - (i & 31))) == 0) {
    i = (i >> 5) - 1;
    k++;
  }
  i = (i >> 5 << 5) + 31 - __builtin_clz(word);
  while (--k >= 0) i = (i << 5) + 31 - __builtin_clz(set->level[k][i]);
  return i;
}

/* MaxTree (max-tree.ts): a row, and above it levels of maxima of sixteen. */
#define WIDTH 16
#define TREE_LEVELS 6
static int32_t *tree[TREE_LEVELS];
static int top_level = 0;

static int32_t max_of(const int32_t *row) {
  int32_t max = 0;
  for (int i = 0; i < WIDTH; i++)
    if (row[i] > max) max = row[i];
  return max;
}

static void set_max(int32_t i, int32_t value) {
  int32_t old = tree[0][i];
  if (value == old) return;
  tree[0][i] = value;
  for (int k = 1; k <= top_level; k++) {
    i /= WIDTH;
    int32_t *node = &tree[k][i];
    if (value > old) {
      if (*node >= value) return;
    } else {
      if (*node != old) return;
      value = max_of(&tree[k - 1][i * WIDTH]);
      if (value == old) return;
    }
    *node = value;
  }
}

static int32_t first_max(int32_t value) {
  int32_t at = 0;
  for (int k = top_level;; k--) {
    int32_t end = at + WIDTH;
    while (at < end && tree[k][at] < value) at++;
    if (at == end) return NONE;
    if (k == 0) return at;
    at *= WIDTH;
  }
}

/* Arena (arena.ts) and AddressList (address-list.ts). */
static bit_set starts, holes;
static int32_t units = 0;

static void heap_make(void) {
  set_make(&starts);
  set_make(&holes);
  int32_t length = MOST_UNITS / 32 + 1;
  for (int k = 0; k < TREE_LEVELS; k++, length = (length + WIDTH - 1) / WIDTH) tree[k] = row_of(length + WIDTH);
  add(&starts, 0);
}

static inline int32_t size_at(int32_t unit) { return next(&starts, unit + 1) - unit; }

/* Looks up a group's largest hole again. */
static void refresh(int32_t group) {
  int32_t largest = 0;
  for (uint32_t word = holes.level[0][group]; word != 0; word &= word - 1) {
    int32_t size = size_at((group << 5) + __builtin_ctz(word));
    if (size > largest) largest = size;
  }
  set_max(group, largest);
}

static inline void raise(int32_t hole, int32_t size) {
  if (size > tree[0][hole >> 5]) set_max(hole >> 5, size);
}

static int32_t first_fit(int32_t size) {
  int32_t group = first_max(size);
  if (group == NONE) return NONE;
  uint32_t word = holes.level[0][group];
  while (size_at((group << 5) + __builtin_ctz(word)) < size) word &= word - 1;
  return (group << 5) + __builtin_ctz(word);
}

/* FreeSpace (free-space.ts). */
static void use_up(int32_t hole) {
  delete(&holes, hole);
  refresh(hole >> 5);
}

static address allocate_at_top(int32_t size) {
  int32_t top = units, last = top > 0 ? previous(&starts, top - 1) : NONE;
  int32_t unit = last != NONE && has(&holes, last) ? last : top;
  if (unit + size > MOST_UNITS) exit(1);
  units = unit + size;
  while (units >> 5 >= 1 << 4 * (top_level + 1)) {
    tree[top_level + 1][0] = max_of(tree[top_level]);
    top_level++;
  }
  if (unit != top) use_up(unit);
  add(&starts, units);
  if (unit != top) delete(&starts, top);
  return unit * UNIT;
}

static address heap_malloc(int32_t request) {
  int32_t size = request == 0 ? 1 : (request + UNIT - 1) / UNIT;
  int32_t hole = first_fit(size);
  if (hole == NONE) return allocate_at_top(size);
  int32_t whole = size_at(hole);
  if (whole == size)
    use_up(hole);
  else {
    int32_t rest = hole + size;
    add(&starts, rest);
    delete(&holes, hole);
    add(&holes, rest);
    if (rest >> 5 != hole >> 5) raise(rest, whole - size);
    refresh(hole >> 5);
  }
  return hole * UNIT;
}

static bool heap_free(address block) {
  int32_t unit = block / UNIT;
  if (unit < 0 || unit * UNIT != block || unit >= units || !has(&starts, unit) || has(&holes, unit)) return false;
  int32_t end = next(&starts, unit + 1), hole = unit;
  if (unit > 0) {
    int32_t before = previous(&starts, unit - 1);
    if (has(&holes, before)) hole = before;
  }
  int32_t right = has(&holes, end) ? end : NONE;
  if (right != NONE) {
    delete(&starts, right);
    delete(&holes, right);
    end = next(&starts, right + 1);
  }
  if (hole == unit)
    add(&holes, unit);
  else
    delete(&starts, unit);
  raise(hole, end - hole);
  if (right != NONE && right >> 5 != hole >> 5) refresh(right >> 5);
  return true;
}
