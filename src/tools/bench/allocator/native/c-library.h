/* The C library's malloc. */
typedef uintptr_t address;

static void heap_make(void) {}

static address heap_malloc(int32_t request) { return (address)malloc(request); }

static void heap_free(address block) { free((void *)block); }
