/* Readers of the site file that have a file of their own. */
#ifndef EXHIBIT_SITE_VALUES_H
#define EXHIBIT_SITE_VALUES_H

#include "exhibit/site.h"
#include "schema.h"

field_read site_read_hours; /* struct site_hours */
field_read site_read_staff; /* struct site_staff */
field_read site_read_path;  /* char[SITE_PATH_MAX]: one that is not absolute is meant from the site file on */

#endif
