/* What a site file says of the staff: the code, whether there is a way to a shell, where sticks appear. */
#include "site_values.h"

#include "base/array.h"
#include "values.h"

#include <string.h>

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
           text.length < SITE_HASH_MAX;
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
