/* Loaded first: what the program opens while it runs is never unloaded, so that whose memory it is can still
 * be told when the program ends. OpenGL's driver lets go of a little of its own only by being unloaded. */
int dlclose(void *handle);

int dlclose(void *handle)
{
    (void)handle;
    return 0;
}
