/* Which command was asked for. The contract of exit codes: 0 done, 1 the input is at fault, 2 wrong usage, 3
 * the machine is at fault. */
#include "author/author.h"
#include "author/options.h"
#include "base/array.h"
#include "keeper/keeper.h"
#include "player/session.h"
#include "stage/stage.h"
#include "statistics/recorder.h"
#include "text/spare.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static void print_version(FILE *out)
{
    fprintf(out, "vitrine %s\n", VITRINE_VERSION);
}

/* ---- play */

struct play {
    struct stage_options stage;
    const char *mode, *site, *painter;
    struct player_observer counted; /* of visits; zero: they are not */
    bool headless, version;
    bool help; /* dealt with before; known, so that it is offered for a slip of the pen */
};

static bool read_play(int argc, char **argv, struct play *play, struct error *err)
{
    struct stage_options *stage = &play->stage;
    const struct option options[] = {
        {"--mode", OPTION_TEXT, &play->mode, "kiosk classroom demo"},
        {"--size", OPTION_SIZE, &stage->size, NULL},
        {"--windowed", OPTION_FLAG, &stage->windowed, NULL},
        {"--lang", OPTION_TEXT, &stage->language, NULL},
        {"--painter", OPTION_TEXT, &play->painter, "auto compositor renderer"},
        {"--watch", OPTION_FLAG, &stage->watch, NULL},
        {"--headless", OPTION_FLAG, &play->headless, NULL},
        {"--script", OPTION_TEXT, &stage->script, NULL},
        {"--report", OPTION_TEXT, &stage->report, NULL},
        {"--record", OPTION_TEXT, &stage->record, NULL},
        {"--utterances", OPTION_TEXT, &stage->utterances, NULL},
        {"--silent", OPTION_FLAG, &stage->silent, NULL},
        {"--site", OPTION_TEXT, &play->site, NULL},
        {"--version", OPTION_FLAG, &play->version, NULL},
        {"--help", OPTION_FLAG, &play->help, NULL},
    };
    if (!options_read(&argc, argv, options, ARRAY_LENGTH(options), err)) {
        return false;
    }
    if (argc > 2) {
        return error_set(err, ERROR_USAGE,
            "play takes one exhibit, and \"%s\" is a second: see vitrine help play", argv[2]);
    }
    stage->exhibit = argc == 2 ? argv[1] : NULL;
    stage->painter = play->painter == NULL || strcmp(play->painter, "auto") == 0 ? STAGE_PAINTER_AUTO
                     : strcmp(play->painter, "renderer") == 0                    ? STAGE_PAINTER_RENDERER
                                                                                 : STAGE_PAINTER_COMPOSITOR;
    return true;
}

static enum visit_mode choose_mode(const char *given, const struct site *site)
{
    if (given != NULL) {
        return strcmp(given, "kiosk") == 0       ? MODE_KIOSK
               : strcmp(given, "classroom") == 0 ? MODE_CLASSROOM
                                                 : MODE_DEMO;
    }
    return site->mode == SITE_CLASSROOM ? MODE_CLASSROOM : site->mode == SITE_DEMO ? MODE_DEMO : MODE_KIOSK;
}

/* The site's findings are told, and what is wrong in it does not hold; a screen in a gallery plays on. */
static bool take_site(struct play *play, struct site *site, FILE *stream, struct error *err)
{
    struct findings *findings = findings_create();
    bool ok = findings != NULL || error_memory(err);
    if (ok && play->site != NULL) {
        ok = site_read(play->site, site, findings, err);
        author_report_file(findings, play->site, stream);
        play->stage.site = site;
    }
    findings_destroy(findings);
    play->stage.mode = choose_mode(play->mode, site);
    return ok;
}

static int fail(FILE *stream, const struct error *err)
{
    char line[900];
    fprintf(stream, "vitrine: %s\n", error_text(err, line, sizeof line));
    return err->category != ERROR_NONE ? (int)err->category : (int)ERROR_MACHINE;
}

static void nobody_sleeps(void *context)
{
    (void)context; /* the headless twin waits for nothing but what it asked for */
}

static bool play_headless(const struct stage_options *stage, struct error *err)
{
    struct player_options player = {
        .exhibit = stage->exhibit,
        .paths = stage->paths,
        .mode = stage->mode,
        .language = stage->language,
        .site = stage->site,
        .window = stage->size.w > 0 ? stage->size : (struct size){1920, 1080},
        .wake = nobody_sleeps,
        .log = stage->log,
        .staff = stage->staff,
        .utterances = stage->utterances,
        .observer = stage->observer,
    };
    struct session_options session = {
        .player = &player,
        .script = stage->script,
        .report = stage->report,
        .record = stage->record,
        .watch = stage->watch,
        .keeper = stage->keeper,
        .silent = stage->silent || (stage->site != NULL && stage->site->silent),
    };
    return headless_play(&session, err);
}

/* Statistics that cannot be kept are no reason not to play. In a classroom there is nobody to count. */
static struct recorder *count_visits(struct play *play, const struct site *site, const struct log *log)
{
    struct error err = {0};
    if (!site->statistics.keep || play->stage.mode == MODE_CLASSROOM) {
        return NULL;
    }
    struct recorder_options options = {.folder = site->statistics.folder, .hours = &site->hours, .log = log};
    struct recorder *recorder = recorder_create(&options, &err);
    if (recorder == NULL) {
        log_write(log, LOG_WARNING, "%s", err.message);
        return NULL;
    }
    play->counted = (struct player_observer){recorder, recorder_see, recorder_zoomed};
    return recorder;
}

#define NOTICE_S 10

static void alive(void *context)
{
    keeper_alive(context);
}

/* Where even a message cannot be laid out, because fonts or other files of the player's are gone, one that
 * needs none of them stands for a while; then the service starts the player anew. */
static void tell(
    const struct play *play, const struct site *site, struct keeper *keeper, const struct error *err)
{
    char text[900], line[600], since[40];
    struct error why = {0};
    time_t now = time(NULL);
    struct tm local = {.tm_mday = 1};
    localtime_r(&now, &local);
    strftime(since, sizeof since, "%Y-%m-%d %H:%M", &local);
    snprintf(text, sizeof text, "%s\n\nSeen %s. This screen tries again by itself.",
        error_text(err, line, sizeof line), since);
    struct stage_notice notice = {
        .title = "Vitrine cannot show its exhibit. Please tell somebody who works here.",
        .text = text,
        .seconds = NOTICE_S,
        .quarter_turns = play->stage.windowed ? 0 : site->quarter_turns,
        .windowed = play->stage.windowed,
        .size = play->stage.size,
        .alive = keeper != NULL ? alive : NULL,
        .context = keeper,
    };
    log_write(play->stage.log, LOG_ERROR, "%s", line);
    if (!stage_tell(&notice, &why)) {
        log_write(play->stage.log, LOG_ERROR, "nothing can be shown either: %s", why.message);
    }
}

/* Plays what the keeper chooses. An exhibit that the command line named is there or is not. */
static bool sit(
    struct play *play, const struct site *site, struct keeper *keeper, bool named, struct error *err)
{
    const struct keeper_choice *choice = keeper_begin(keeper);
    bool trouble = choice->exhibit[0] == '\0';
    if (trouble && (named || play->headless)) {
        return error_set(err, ERROR_INPUT, "%s", choice->trouble.what);
    }
    play->stage.exhibit = choice->exhibit;
    play->stage.trouble = trouble ? &choice->trouble : NULL;
    play->stage.keeper = keeper_session(keeper);
    play->stage.observer = trouble ? (struct player_observer){.context = NULL} : play->counted;
    play->stage.staff = keeper_staff(keeper);
    play->stage.locked = play->stage.mode != MODE_CLASSROOM && !play->stage.windowed;
    bool ok = play->headless ? play_headless(&play->stage, err) : stage_play(&play->stage, err);
    if (!ok && err->category == ERROR_MACHINE && !play->headless) {
        tell(play, site, keeper, err);
    }
    return ok;
}

/* With a site file: no network, a log of its own, somebody who looks after it. */
static bool play_kept(struct play *play, const struct site *site, const char *shipped, struct log *log,
    int *code, struct error *err)
{
    struct keeper_options options = {.site = site,
        .named = play->stage.exhibit,
        .shipped = shipped,
        .version = VITRINE_VERSION,
        .log = log};
    struct error why = {0};
    /* Nobody who reads what it says, or a file that may not grow, is no reason to end. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    FILE *diary = site->log[0] != '\0' ? keeper_open_log(site->log, &why) : NULL;
    if (diary != NULL) {
        log->stream = diary;
    } else if (site->log[0] != '\0') {
        log_write(log, LOG_WARNING, "%s", why.message);
    }
    struct keeper *keeper = keeper_refuse_network(err) ? keeper_create(&options, err) : NULL;
    bool ok = keeper != NULL;
    struct recorder *recorder = ok ? count_visits(play, site, log) : NULL;
    while (ok) {
        ok = sit(play, site, keeper, options.named != NULL, err);
        if (!keeper_again(keeper)) {
            break;
        }
    }
    recorder_destroy(recorder);
    *code = ok ? keeper_exit(keeper) : 0;
    keeper_destroy(keeper);
    if (diary != NULL) {
        fclose(diary);
    }
    return ok;
}

static int run_play(int argc, char **argv, const struct author_io *io)
{
    struct log log = {io->err, LOG_WARNING};
    struct player_paths paths;
    struct error err = {0};
    struct site site = {.idle_s = 0};
    struct play play = {.stage = {.paths = &paths, .log = &log}};
    bool ok = read_play(argc, argv, &play, &err);
    if (ok && play.version) {
        print_version(io->out);
        return 0;
    }
    bool read = ok && take_site(&play, &site, io->err, &err) && player_find_paths(&paths, &err);
    if (ok && !read && getenv("NOTIFY_SOCKET") != NULL) { /* a service: nobody reads what it prints */
        tell(&play, &site, NULL, &err);
    }
    ok = read;
    if (ok && play.site != NULL) {
        int code;
        ok = play_kept(&play, &site, paths.exhibit, &log, &code, &err);
        return ok ? code : fail(io->err, &err);
    }
    if (ok && play.stage.exhibit == NULL) {
        play.stage.exhibit = paths.exhibit;
        ok = paths.exhibit[0] != '\0' ||
             error_set(&err, ERROR_MACHINE,
                 "the telegram's folder is not where it belongs: name an exhibit, or install Vitrine anew");
    }
    if (ok) {
        ok = play.headless ? play_headless(&play.stage, &err) : stage_play(&play.stage, &err);
    }
    return ok ? 0 : fail(io->err, &err);
}

/* ---- staff-code */

/* The code, without its echo where somebody types it. */
static bool read_code(char code[64], struct error *err)
{
    struct termios before, silent;
    bool typed = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;
    if (typed) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        fputs("Code: ", stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    bool good = fgets(code, 64, stdin) != NULL;
    if (typed) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    code[good ? strcspn(code, "\n") : 0] = '\0';
    return good || error_set(err, ERROR_INPUT, "no code was given: type it, or send it to standard input");
}

static int run_staff_code(int argc, char **argv, const struct author_io *io)
{
    char code[64] = "", hash[SITE_HASH_MAX];
    struct error err = {0};
    bool ok =
        argc == 1 || error_set(&err, ERROR_USAGE,
                         "the code is not given on the command line, where others see it: \"%s\"", argv[1]);
    ok = ok && read_code(code, &err) && keeper_hash_code(code, hash, &err);
    if (ok) {
        fprintf(io->out, "%s\n", hash);
    }
    return ok ? 0 : fail(io->err, &err);
}

/* ---- help */

static const char LOOK_OPTIONS[] =
    "    --size WxH              in pixels; without it 1920x1080\n"
    "    --theme THEME           paper or high-contrast\n"
    "    --text-size N           100, 125, 150 or 200 percent\n"
    "    --low-reach             all controls in the lower part of the screen\n"
    "    --site FILE             as on the display of this site file\n";

static int run_help(int argc, char **argv, const struct author_io *io);

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv, const struct author_io *io);
    const char *summary;
    const char *usage;   /* what follows "vitrine" */
    const char *options; /* one a line */
    const char *more;
} commands[] = {
    {"play", run_play, "play an exhibit (what happens when no command is given)",
        "[play] [EXHIBIT] [OPTION]...",
        "    --mode MODE             kiosk (it resets itself), classroom (it does not; Esc leaves) or demo\n"
        "    --size WxH              of the window in pixels; without it the display's\n"
        "    --windowed              a window in place of the full screen\n"
        "    --lang L                the language to begin with: en, ko, zh-Hans, ru ...\n"
        "    --site FILE             what holds where the screen stands: mode, exhibit, display ...\n"
        "    --painter PAINTER       renderer (a graphics card), compositor (without one), or auto, which "
        "looks\n"
        "    --watch                 follow the exhibit's files and show each change at once\n"
        "    --headless              without a display, with a clock of its own\n"
        "    --script FILE           do what a visit script says\n"
        "    --record FILE           write what the visitor does as a visit script\n"
        "    --report FILE           write figures (JSON) at the end\n"
        "    --utterances FILE       write what is spoken, one sentence a line\n"
        "    --silent                without sound: what would be spoken is captioned\n",
        "EXHIBIT is a folder with an exhibit.yaml, or one image (.jpg, .png, .dzi, info.json). Without it "
        "the\n"
        "telegram of 13 May 1950 is played. Ctrl+Q leaves, Esc goes back.\n"},
    {"check", author_check, "say what is wrong with an exhibit",
        "check [EXHIBIT...] [--site FILE [--size WxH]]",
        "    --site FILE             check this site file too, and each screen on its display\n"
        "    --size WxH              of that display in pixels; without it 1920x1080, or 1080x1920 upright\n",
        "Prints one finding a line, file:line:column: error|warning: message [VIT-123]; exhibits/README.md "
        "lists the codes\n"
        "with cause and cure. Nothing is printed when all is well. Exit 1 when there is an error.\n"},
    {"render", author_render, "draw places of an exhibit to pictures",
        "render EXHIBIT --output DIR [OPTION]...",
        "    --output DIR            where to write <place>.<language>.png; made when it is not there\n"
        "    --place PLACE           this place only; may be given several times\n"
        "    --lang L                this language only; may be given several times\n"
        "    --handout FILE          in place of --output: pages for print, FILE.pdf, or FILE.png for "
        "FILE-1.png ...\n"
        "    --paper PAPER           of these: a4 or letter\n",
        "It needs no display. Of a faulty exhibit it draws what there is, reports, and exits 1.\n"},
    {"describe", author_describe, "print what is on a screen, box by box",
        "describe EXHIBIT --place PLACE [OPTION]...",
        "    --place PLACE           home, document:telegram/text, person:stalin ...\n"
        "    --lang L                the language; without it the exhibit's first\n",
        "One box a line: role \"name\" id x,y wxh {states} [action argument]. It needs no display.\n"},
    {"typeset", author_typeset, "set a page for a document that has no scan",
        "typeset EXHIBIT DOCUMENT --layer LAYER.LANG --output DIR",
        "    --layer LAYER.LANG      the text to set, for example translation.en\n"
        "    --output DIR            where to write 1.png, 1.yaml, 2.png ...; made when it is not there\n"
        "    --resolution DPI        300, or for a pyramid 600, 900 or 1200\n",
        "Sets the text in a typewriter face and writes the zones of its paragraphs. The same text gives the "
        "same bytes.\n"},
    {"tile", author_tile, "make a pyramid of a page that is too large for one image",
        "tile IMAGE OUTPUT.dzi [OPTION]...",
        "    --page N                the page of a PDF or TIFF; without it the first\n"
        "    --resolution DPI        of a PDF, in pixels an inch; without it 300\n"
        "    --lossless              tiles as PNG, not as JPEG\n"
        "    --force                 replace a pyramid that is there already\n",
        "IMAGE is TIFF, JPEG 2000, PDF, PNG or JPEG, of any size. Writes OUTPUT.dzi and OUTPUT_files, "
        "upright, as sRGB, and\n"
        "on white where the image is transparent; both or neither. It needs libvips, and says so where that "
        "is missing.\n"},
    {"simulate", author_simulate, "let a visitor do anything, and see what must hold all the same",
        "simulate EXHIBIT [--seed N] [--events N | --days N] [--no-script]",
        "    --seed N                another visitor for every number; without it 1\n"
        "    --events N              fingers, keys, waits ...; without it 50000\n"
        "    --days N                days of a museum in Zurich instead: visits, nights, summer time, a "
        "clock "
        "that is\n"
        "                            set, 2038; exit 1 when memory, descriptors, threads or the log grow\n"
        "    --no-script             do not look for a short script when a rule broke\n",
        "After every event it looks at the screen and the state. Exit 1 when a rule broke, with a short "
        "visit "
        "script that\n"
        "leads there. The same seed prints the same. It needs no display.\n"},
    {"pack", author_pack, "make one file of an exhibit, signed", "pack EXHIBIT OUTPUT.vitrine [OPTION]...",
        "    --key FILE              the secret key to sign with, as minisign -G makes it\n"
        "    --password-file FILE    its first line is the key's password; without it, it is asked for\n"
        "    --serial N              higher than that of the bundle before; without it the seconds from 1970 "
        "to\n"
        "                            the latest change in the folder\n",
        "Only an exhibit in which vitrine check finds no mistake is packed. The same folder gives the same "
        "bytes.\n"},
    {"install", author_install, "make a bundle the exhibit that a kiosk plays",
        "install BUNDLE|FOLDER [--into DIR] [--public-key FILE]",
        "    --into DIR              without it /var/lib/vitrine/exhibits\n"
        "    --public-key FILE       only what is signed with this key; without it "
        "/etc/vitrine/exhibits.pub, "
        "if there\n"
        "                            is one\n",
        "FOLDER is an exhibit, or has bundles in it, as a USB stick has: the newest is taken. Nothing older "
        "than what is\n"
        "installed is. A player that plays DIR/current shows the new exhibit when its visitor has gone.\n"},
    {"rollback", author_rollback, "go back to the exhibit that was installed before", "rollback [--into DIR]",
        "    --into DIR              without it /var/lib/vitrine/exhibits\n",
        "A second time it goes forward again.\n"},
    {"statistics", author_statistics, "say what the visits were like", "statistics [OPTION]...",
        "    --from DATE             from this day on, as 2026-05-13; without it from the first\n"
        "    --to DATE               until this day; without it until today\n"
        "    --html FILE             write a page with charts, instead of text or beside the table\n"
        "    --csv                   print a table for a spreadsheet\n"
        "    --site FILE             of the kiosk with this site file\n"
        "    --database FILE         of this file, or those in this folder\n"
        "    --exhibit EXHIBIT       of this exhibit only, and its names for the places\n"
        "    --lang L                in this language; without it English\n",
        "A kiosk keeps them where its site file says so, for each exhibit apart: sums of days and hours, "
        "nothing\nabout one visitor. All its exhibits are told, the one that was played last first.\n"
        "Numbers under 5 are merged. It can be asked while the player runs.\n"},
    {"staff-code", run_staff_code, "make the hash of a code for the staff's menu", "staff-code", "",
        "Asks for a code of 4 to 16 figures, or reads it from standard input, and prints what stands in the "
        "site file\nunder staff.code.\n"},
    {"help", run_help, "explain a command", "help [COMMAND]", "", "Without a command: all of them.\n"},
};

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static bool is_drawn(const struct command *command)
{
    return command->run == author_render || command->run == author_describe;
}

static void print_help(FILE *out)
{
    fputs("Vitrine plays exhibits on touchscreens, without a network.\n\n", out);
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++) {
        fprintf(out, "    vitrine %s\n        %s\n", commands[i].usage, commands[i].summary);
    }
    fputs("    vitrine --version\n\n"
          "Exit 0: done. 1: the input is at fault. 2: wrong usage. 3: the machine is at fault.\n",
        out);
}

static void print_command(const struct command *command, FILE *out)
{
    fprintf(out, "vitrine %s: %s\n\n    vitrine %s\n\n%s%s%s%s", command->name, command->summary,
        command->usage, command->options, is_drawn(command) ? LOOK_OPTIONS : "",
        command->options[0] != '\0' ? "\n" : "", command->more);
}

/* The command that a word was meant to be; NULL: none is near. */
static const struct command *nearest_command(const char *word)
{
    const struct command *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++) {
        struct str name = options_nearest(str_from(word), str_from(commands[i].name));
        size_t distance = name.length > 0 ? str_distance(name, str_from(word)) : SIZE_MAX;
        if (distance < least) {
            nearest = &commands[i];
            least = distance;
        }
    }
    return nearest;
}

/* ---- the command line */

static int run_help(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    if (argc < 2) {
        print_help(io->out);
        return 0;
    }
    const struct command *command = find_command(argv[1]);
    if (command != NULL) {
        print_command(command, io->out);
        return 0;
    }
    if ((command = nearest_command(argv[1])) != NULL) {
        error_set(&err, ERROR_USAGE, "there is no command \"%s\": did you mean %s?", argv[1], command->name);
    } else {
        error_set(&err, ERROR_USAGE, "there is no command \"%s\": see vitrine help", argv[1]);
    }
    return fail(io->err, &err);
}

/* Before "--" any of them asks for help, whatever stands beside it. */
static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

/* A slip of the pen in a command's name would otherwise be an exhibit that does not exist. */
static bool is_slip(const char *word)
{
    return word[0] != '-' && strpbrk(word, "/.") == NULL && access(word, F_OK) != 0 &&
           nearest_command(word) != NULL;
}

static int run_command(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    if (command != NULL && wants_help(argc, argv)) {
        print_command(command, io->out);
        return 0;
    }
    if (command != NULL) {
        return command->run(argc - 1, argv + 1, io);
    }
    if (wants_help(argc, argv)) {
        print_help(io->out);
        return 0;
    }
    if (argc > 1 && is_slip(argv[1])) {
        error_set(&err, ERROR_USAGE, "there is neither an exhibit nor a command \"%s\": did you mean %s?",
            argv[1], nearest_command(argv[1])->name);
        return fail(io->err, &err);
    }
    static char play[] = "play";
    char *no_arguments[] = {play, NULL};
    if (argc < 1) {
        return run_play(1, no_arguments, io);
    }
    argv[0] = play;
    return run_play(argc, argv, io);
}

int main(int argc, char **argv)
{
    struct author_io io = {.out = stdout, .err = stderr};
    text_spare_memory(); /* without it things are as they were: nothing to tell */
    int code = run_command(argc, argv, &io);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("vitrine: what it had to say cannot be written: is the disk full?\n", stderr);
        code = code != 0 ? code : ERROR_MACHINE;
    }
    return code;
}
