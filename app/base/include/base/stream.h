/* Streams of files that go on where a call was interrupted or did half of what it was asked for: stdio's own
 * give up then. */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

#include <stdio.h>

/* As openat(), and closed on exec; it is asked again where it was interrupted. */
int stream_descriptor(int folder, const char *path, int flags);

/* Opens a file to read ("r"), or to write from its start, made when it is not there ("w"); without O_APPEND,
 * closed on exec. To be closed by fclose(), which says whether all was written. NULL, with errno. */
FILE *stream_open(const char *path, const char *mode);

#endif
