/* Loaded before SDL: a graphics card that takes so many textures' pixels and then none any more, as one does
 * whose driver has given up. */
#include <SDL.h>
#include <dlfcn.h>
#include <string.h>

#define TAKES 16

typedef int update_texture(SDL_Texture *texture, const SDL_Rect *rect, const void *pixels, int pitch);

int SDL_UpdateTexture(SDL_Texture *texture, const SDL_Rect *rect, const void *pixels, int pitch)
{
    static int taken;
    update_texture *real;
    void *found = dlsym(RTLD_NEXT, "SDL_UpdateTexture");
    memcpy(&real, &found, sizeof real); /* an object pointer is no function pointer in C */
    return ++taken > TAKES ? SDL_SetError("the card has given up") : real(texture, rect, pixels, pitch);
}
