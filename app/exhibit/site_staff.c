/* What a site file says of the staff: the code, whether there is a way to a shell, where sticks appear. */
#include "site_values.h"

#include "base/array.h"
#include "values.h"

#include <string.h>

#define MEMORY_MOST_KB 262144 /* four times what is asked for here */
#define PASSES_MOST 16

/* It is worked out while the player stands still, in the memory that the player may have. */
static bool is_affordable(struct str text)
{
    long memory = 0, passes = 0;
    struct str rest = str_slice(text, sizeof "$argon2id$v=19$m=" - 1, text.length);
    struct str m = str_split(&rest, ','), t = str_split(&rest, ',');
    return str_to_long(m, &memory) && memory <= MEMORY_MOST_KB && str_starts_with(t, STR("t=")) &&
           str_to_long(str_slice(t, 2, t.length), &passes) && passes <= PASSES_MOST &&
           str_starts_with(rest, STR("p=1$"));
}

/* $argon2id$v=19$m=65536,t=2,p=1$salt$hash: by its form alone; whether a code fits is asked elsewhere. */
static bool is_hash(struct str text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=,$";
    int parts = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\0' || strchr(letters, text.data[i]) == NULL) {
            return false;
        }
        parts += text.data[i] == '$';
    }
    return str_starts_with(text, STR("$argon2id$v=19$m=")) && parts == 5 && text.length > 60 &&
           text.length < SITE_HASH_MAX && is_affordable(text);
}

static void read_code(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    if (!schema_expect(r, value, YAML_SCALAR)) {
        return;
    }
    if (!is_hash(value->text)) {
        /* Not said back: it may be the code itself. */
        schema_report(r, FINDING_SITE_CODE, value,
            "the staff's code stands here as a hash, never as itself: write what  vitrine staff-code  "
            "prints");
        return;
    }
    char *hash = out;
    memcpy(hash, value->text.data, value->text.length);
    hash[value->text.length] = '\0';
}

static const struct field staff_fields[] = {
    {"code", read_code, offsetof(struct site_staff, code), FIELD_REQUIRED},
    {"shell", value_flag, offsetof(struct site_staff, shell), 0},
    {"stick", site_read_path, offsetof(struct site_staff, stick), 0},
};

void site_read_staff(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct site_staff *staff = out;
    SCHEMA_READ(r, value, staff_fields, staff);
    staff->shell = staff->shell && staff->code[0] != '\0'; /* no code, no way in */
}
