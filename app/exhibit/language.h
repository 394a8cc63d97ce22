/* BCP 47 language tags: their form, not whether the registry knows them. */
#ifndef EXHIBIT_LANGUAGE_H
#define EXHIBIT_LANGUAGE_H

#include "base/str.h"

#include <stdbool.h>

/* Well-formed as RFC 5646 section 2.1 has it (langtag; no grandfathered and no wholly private tags), at most
 * 35 bytes, and written as is usual: en, ko, zh-Hans, pt-BR, sr-Latn-RS. */
bool language_is_tag(struct str tag);
/* The same letters but for small and capital ones? */
bool language_same(struct str a, struct str b);

#endif
