/* The index is made beside whoever asks: asked all the while, and stopped at any moment. Under
 * ThreadSanitizer too. */
#include "search/search.h"

#include "check.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#define EXHIBIT TEST_SOURCE_DIR "/exhibits/telegram-1950"
#define SMALL TEST_SOURCE_DIR "/tests/exhibits/small"

struct bell {
    pthread_mutex_t lock;
    int rung;
};

static void ring(void *context)
{
    struct bell *bell = context;
    pthread_mutex_lock(&bell->lock);
    bell->rung++;
    pthread_mutex_unlock(&bell->lock);
}

static int rung(struct bell *bell)
{
    pthread_mutex_lock(&bell->lock);
    int times = bell->rung;
    pthread_mutex_unlock(&bell->lock);
    return times;
}

/* A visitor types while the texts are still gone through: nothing is found, then everything is. */
static void asked_while_it_is_made(void)
{
    struct bell bell = {PTHREAD_MUTEX_INITIALIZER, 0};
    struct search_results results = {.count = 0};
    struct search_word words[8];
    struct search *search = search_create(EXHIBIT, ring, &bell);
    CHECK(search != NULL);
    while (search != NULL && !search_ready(search)) {
        CHECK(search_find(search, STR("stalin"), "en", &results));
        search_suggest(search, STR(""), "zh-Hans", words, 8);
        search_bytes(search);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    CHECK(search_wait(search, 60000));
    CHECK(search_find(search, STR("stalin"), "en", &results) && results.total > 0);
    CHECK(search_suggest(search, STR(""), "zh-Hans", words, 8) == 8);
    for (int i = 0; i < 2000 && rung(&bell) == 0; i++) { /* the bell rings right after */
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    CHECK_INT(rung(&bell), 1);
    search_destroy(search);
    search_results_finish(&results);
}

/* A visit ends, the exhibit is read anew: the thread goes whatever it is doing, and never rings again. */
static void stopped_at_any_moment(void)
{
    for (int i = 0; i < 12; i++) {
        struct bell bell = {PTHREAD_MUTEX_INITIALIZER, 0};
        struct search *search = search_create(i % 2 == 0 ? EXHIBIT : SMALL, ring, &bell);
        nanosleep(&(struct timespec){.tv_nsec = (long)i * i * 300000}, NULL);
        search_destroy(search);
        int after = rung(&bell);
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        CHECK(after <= 1 && rung(&bell) == after);
    }
}

/* Two at once share nothing: the old one is still stopping while the new one begins. */
static void two_at_once(void)
{
    struct search_results results = {.count = 0};
    struct search *one = search_create(EXHIBIT, NULL, NULL), *other = search_create(SMALL, NULL, NULL);
    CHECK(search_wait(one, 60000) && search_wait(other, 60000));
    CHECK(search_find(one, STR("mao"), "en", &results) && results.total > 0);
    CHECK(search_find(other, STR("mao"), "en", &results) && results.total == 0);
    search_destroy(one);
    search_destroy(other);
    search_results_finish(&results);
}

int main(void)
{
    RUN(asked_while_it_is_made);
    RUN(stopped_at_any_moment);
    RUN(two_at_once);
    return check_report();
}
