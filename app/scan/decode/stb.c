/* stb_image, JPEG and PNG from memory only; the image is never larger than its sides allow. */
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_NO_THREAD_LOCALS
#define STBI_MAX_DIMENSIONS (1 << 17)
#ifdef __ARM_NEON
#define STBI_NEON
#endif
#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>
