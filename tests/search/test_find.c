/* What is found in the exhibit that ships, in which order, and where it leads. */
#include "exhibit/exhibit.h"
#include "search/search.h"

#include "check.h"

#include <string.h>

#define EXHIBIT TEST_SOURCE_DIR "/exhibits/telegram-1950"

static const char *const languages[] = {"en", "ko", "zh-Hans", "ru"};
#define LANGUAGES (sizeof languages / sizeof languages[0])

static struct search *open_search(const char *path)
{
    struct search *search = search_create(path, NULL, NULL);
    CHECK(search_wait(search, 60000) && search_ready(search));
    return search;
}

static const struct search_hit *find_hit(const struct search_results *results, const char *place)
{
    char words[200];
    for (size_t i = 0; i < results->count; i++) {
        if (strcmp(place_format(&results->hits[i].place, words, sizeof words), place) == 0) {
            return &results->hits[i];
        }
    }
    return NULL;
}

/* Case, script, half-typed syllables, Traditional characters, several words in any order. */
static void finds(void)
{
    static const struct {
        const char *query, *language, *place;
    } rows[] = {
        {"Stalin", "en", "person:stalin"}, {"stal", "en", "person:stalin"}, {"СТАЛИН", "ru", "person:stalin"},
        {"스탈린", "ko", "person:stalin"}, {"스탈ㄹ", "ko", "person:stalin"},
        {"스탈리", "ko", "person:stalin"}, {"ㅅ", "ko", "person:stalin"},
        {"斯大林", "zh-Hans", "person:stalin"}, {"毛澤東", "zh-Hans", "person:mao-zedong"},
        {"毛泽东", "en", "person:mao-zedong"}, {"mao zedong", "en", "person:mao-zedong"},
        {"ZEDONG mao", "en", "person:mao-zedong"}, {"Пекин", "en", "place:beijing"},
        {"beijing", "ru", "place:beijing"}, {"ＢＥＩＪＩＮＧ", "en", "place:beijing"},
        {"archivists set this stamp", "en", "document:telegram#stamp"}, /* said in the guided reading only */
        {"암호로 바꾸고", "ko", "document:telegram#heading"},
        {"Vladislav Zubok", "en", "document:telegram"}, /* who translated it */
    };
    struct search *search = open_search(EXHIBIT);
    struct search_results results = {.count = 0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK(search_find(search, str_from(rows[i].query), rows[i].language, &results));
        CHECK_THAT(find_hit(&results, rows[i].place) != NULL, "%s in %s does not find %s (%zu found)",
            rows[i].query, rows[i].language, rows[i].place, results.total);
        CHECK(!results.incomplete);
    }
    static const char *const nothing[] = {"", " ", "xyzzy", "stalin xyzzy", "ㅏ", "tali zz"};
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        CHECK(search_find(search, str_from(nothing[i]), "en", &results));
        CHECK_THAT(results.total == 0 && results.count == 0, "\"%s\" finds %zu", nothing[i], results.total);
    }
    search_results_finish(&results);
    search_destroy(search);
}

/* ---- every paragraph of the telegram, in every language, by its own words */

static void words_of(const struct block *block, char *words, size_t size)
{
    size_t used = 0;
    words[0] = '\0';
    for (size_t i = 0; i < block->span_count; i++) {
        struct str span = block->spans[i].text;
        bool breaks = i > 0 && (block->spans[i].flags & SPAN_BREAK) != 0;
        if (used + span.length + 2 < size) {
            used += (size_t)snprintf(words + used, size - used, "%s%.*s", breaks ? " " : "", STR_ARGS(span));
        }
    }
}

/* The first 60 bytes of a paragraph, to the end of a word or character. */
static struct str beginning(const char *words)
{
    struct str all = str_from(words);
    size_t end = all.length < 60 ? all.length : 60;
    while (end > 0 && end < all.length && ((unsigned char)all.data[end] & 0xC0) == 0x80) {
        end--;
    }
    return str_trim(str_slice(all, 0, end));
}

static bool leads_to(const struct search_results *results, const char *document, const char *segment)
{
    for (size_t i = 0; i < results->count; i++) {
        const struct place *place = &results->hits[i].place;
        if (place->kind == PLACE_DOCUMENT && strcmp(place->id, document) == 0 &&
            strcmp(place->segment, segment) == 0) {
            return true;
        }
    }
    return false;
}

static int paragraphs_of(struct search *search, const struct document *document, const struct layer *layer)
{
    struct search_results results = {.count = 0};
    int count = 0;
    for (size_t t = 0; t < layer->text.count; t++) {
        const struct prose_text *text = &layer->text.texts[t];
        const char *language = text->language != NULL ? text->language : "en";
        for (size_t b = 0; b < text->block_count; b++) {
            char words[8192];
            words_of(&text->blocks[b], words, sizeof words);
            struct str query = beginning(words);
            if (query.length == 0) {
                continue;
            }
            CHECK(search_find(search, query, language, &results));
            CHECK_THAT(leads_to(&results, document->id, text->blocks[b].segment),
                "%s.%s: %.*s does not lead to %s", layer->id, language, STR_ARGS(query),
                text->blocks[b].segment);
            count++;
        }
    }
    search_results_finish(&results);
    return count;
}

static void leads_to_every_paragraph(void)
{
    struct search *search = open_search(EXHIBIT);
    struct exhibit *exhibit = exhibit_open(EXHIBIT, NULL, NULL);
    CHECK(exhibit != NULL && exhibit_load_document(exhibit, exhibit_head(exhibit)->home_document));
    const struct document *document = exhibit != NULL ? exhibit_find_document(exhibit, NULL) : NULL;
    int count = 0;
    for (size_t l = 0; document != NULL && l < document->layer_count; l++) {
        count += paragraphs_of(search, document, &document->layers[l]);
    }
    CHECK_THAT(count >= 40, "%d paragraphs", count);
    exhibit_destroy(exhibit);
    search_destroy(search);
}

/* ---- order */

/* A line's marks are the words that were looked for. */
static void marks_what_was_found(void)
{
    struct search *search = open_search(EXHIBIT);
    struct search_results results = {.count = 0};
    size_t marked = 0;
    CHECK(search_find(search, STR("MAO"), "en", &results));
    for (size_t i = 0; i < results.count; i++) {
        const struct search_line *lines[] = {&results.hits[i].title, &results.hits[i].line};
        for (size_t l = 0; l < 2; l++) {
            for (size_t m = 0; m < lines[l]->mark_count; m++, marked++) {
                struct search_mark mark = lines[l]->marks[m];
                struct str found = str_slice(lines[l]->text, mark.from, mark.to - mark.from);
                CHECK_THAT(str_equal_c(found, "Mao"), "\"%.*s\" is marked", STR_ARGS(found));
            }
        }
    }
    CHECK(marked >= results.count && results.count > 5);
    search_results_finish(&results);
    search_destroy(search);
}

/* Whole words before beginnings before insides, in every group; the group with the best first. */
static void orders(void)
{
    struct search *search = open_search(EXHIBIT);
    struct search_results results = {.count = 0};
    static const char *const queries[] = {"a", "the", "st", "in", "ru", "war"};
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        for (size_t l = 0; l < LANGUAGES; l++) {
            size_t shown = 0;
            CHECK(search_find(search, str_from(queries[q]), languages[l], &results));
            for (size_t i = 0; i < results.count; i++) {
                const struct search_hit *hit = &results.hits[i],
                                        *before = i > 0 ? &results.hits[i - 1] : NULL;
                bool same = before != NULL && before->group == hit->group;
                shown = same ? shown + 1 : 1;
                CHECK(shown <= SEARCH_GROUP_HITS && shown <= results.totals[hit->group]);
                CHECK(!same || before->quality <= hit->quality);
                CHECK(!same || before->quality < hit->quality || before->elsewhere <= hit->elsewhere);
                CHECK(results.hits[0].quality <= hit->quality);
            }
        }
    }
    /* The same query in two languages: what is said in one's own comes first. */
    CHECK(search_find(search, STR("Сталин"), "ru", &results) && results.count > 0 &&
          !results.hits[0].elsewhere);
    CHECK(search_find(search, STR("Сталин"), "en", &results) && results.count > 0);
    CHECK(find_hit(&results, "person:stalin") != NULL);
    search_results_finish(&results);
    search_destroy(search);
}

/* Going on with a query finds what asking anew finds. */
static void narrows(void)
{
    static const char *const words[] = {"stalin answers", "китай", "조선인민", "代表团", "комитет партии"};
    struct search *going = open_search(EXHIBIT), *anew = open_search(EXHIBIT);
    struct search_results a = {.count = 0}, b = {.count = 0};
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        for (size_t end = 1; end <= strlen(words[w]); end++) {
            struct str query = str_slice(str_from(words[w]), 0, end);
            if (end < strlen(words[w]) && ((unsigned char)words[w][end] & 0xC0) == 0x80) {
                continue;
            }
            CHECK(search_find(going, query, "ru", &a));
            CHECK(search_find(anew, STR("\u9999"), "ru", &b));
            CHECK(search_find(anew, query, "ru", &b));
            CHECK_THAT(a.total == b.total && a.count == b.count, "%.*s: %zu and %zu", STR_ARGS(query),
                a.total, b.total);
        }
    }
    search_results_finish(&a);
    search_results_finish(&b);
    search_destroy(going);
    search_destroy(anew);
}

/* ---- words to pick from */

static bool offers(
    struct search *search, const char *query, const char *language, const char *word, bool first)
{
    struct search_word words[SEARCH_SUGGESTIONS];
    size_t count = search_suggest(search, str_from(query), language, words, SEARCH_SUGGESTIONS);
    for (size_t i = 0; i < count; i++) {
        if (str_equal_c(words[i].text, word) && words[i].first == first) {
            return true;
        }
    }
    return false;
}

static void offers_words(void)
{
    struct search *search = open_search(EXHIBIT);
    CHECK(offers(search, "", "zh-Hans", "毛泽东", false));
    CHECK(offers(search, "", "zh-Hans", "北", true));
    CHECK(offers(search, "毛", "zh-Hans", "毛泽东", false));
    CHECK(offers(search, "毛澤", "zh-Hans", "毛泽东", false));
    CHECK(offers(search, "maoze", "zh-Hans", "毛泽东", false));
    CHECK(offers(search, "mzd", "zh-Hans", "毛泽东", false));
    CHECK(!offers(search, "beijing", "zh-Hans", "毛泽东", false));
    CHECK(offers(search, "bei", "zh-Hans", "北京", false));
    CHECK(!offers(search, "", "en", "Stalin", false));
    CHECK(search_picks_words("zh-Hant") && search_picks_words("ja") && !search_picks_words("ko"));
    /* By pinyin: 北 (bei) before 毛 (mao) before 周 (zhou). */
    struct search_word words[SEARCH_SUGGESTIONS];
    size_t count = search_suggest(search, STR(""), "zh-Hans", words, SEARCH_SUGGESTIONS), at[3] = {0, 0, 0};
    static const char *const order[] = {"北", "毛", "周"};
    for (size_t i = 0; i < count; i++) {
        for (size_t o = 0; o < 3; o++) {
            at[o] = words[i].first && str_equal_c(words[i].text, order[o]) ? i : at[o];
        }
    }
    CHECK(at[0] > 0 && at[0] < at[1] && at[1] < at[2]);
    search_destroy(search);
}

/* ---- the index */

static void says_what_it_takes(void)
{
    struct search *search = open_search(EXHIBIT);
    size_t text = search_text_bytes(search), bytes = search_bytes(search);
    CHECK_THAT(text > 50000 && bytes < 6 * text, "%zu bytes for %zu of text", bytes, text);
    search_destroy(search);
}

/* An exhibit that is not there has nothing in it; a thread that is under way stops when it is told. */
static void survives(void)
{
    struct search_results results = {.count = 0};
    struct search *search = open_search(TEST_SOURCE_DIR "/no-such-exhibit");
    CHECK(search_find(search, STR("a"), "en", &results) && results.total == 0);
    search_destroy(search);
    for (int i = 0; i < 5; i++) {
        search = search_create(EXHIBIT, NULL, NULL);
        CHECK(search_find(search, STR("a"), "en", &results));
        search_destroy(search);
    }
    CHECK(!search_ready(NULL) && !search_wait(NULL, 1));
    search_destroy(NULL);
    search_results_finish(&results);
}

int main(void)
{
    RUN(finds);
    RUN(leads_to_every_paragraph);
    RUN(marks_what_was_found);
    RUN(orders);
    RUN(narrows);
    RUN(offers_words);
    RUN(says_what_it_takes);
    RUN(survives);
    return check_report();
}
