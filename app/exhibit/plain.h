/* Plain words: how long sentences and labels are. */
#ifndef EXHIBIT_PLAIN_H
#define EXHIBIT_PLAIN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define PLAIN_SENTENCE_WORDS 25
#define PLAIN_LABEL_WORDS 70

/* Words between spaces that have a letter or digit in them. What stands in quotation marks (“ ”, « », „ “) is
 * someone else's and is not counted. Scripts without spaces are counted by characters: two of Han or kana
 * make a word, five of Thai, Lao, Khmer or Burmese, which is a little more than such words have. */
size_t plain_words(struct str text);
/* Cuts the next sentence off *rest. False when there is none left. */
bool plain_sentence(struct str *rest, struct str *sentence);

#endif
