/* No network: not by the service's settings alone, which a technician may start the player without. */
#include "keeper/keeper.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/socket.h>

bool keeper_refuse_network(struct error *err)
{
    static const int making[] = {SCMP_SYS(socket), SCMP_SYS(socketpair)};
    static const int round_about[] = {SCMP_SYS(io_uring_setup), SCMP_SYS(pidfd_getfd)};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool good = filter != NULL;
    for (size_t i = 0; good && i < sizeof making / sizeof making[0]; i++) {
        /* The families below AF_UNIX, between it and AF_NETLINK, and above: there is no "any but these". The
         * family is an int: what stands above it in the register means nothing to the kernel. */
        const uint64_t family = 0xffffffff;
        for (uint64_t f = 0; good && f < AF_NETLINK; f++) {
            good = f == AF_UNIX || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), making[i], 1,
                                       SCMP_A0(SCMP_CMP_MASKED_EQ, family, f)) == 0;
        }
        /* From 17 on: any bit above the fifth, or the fifth with one of the four below it. */
        for (int bit = 0; good && bit < 32; bit++) {
            uint64_t set = UINT64_C(1) << bit, above = bit == 4 ? 0 : bit < 4 ? set | AF_NETLINK : set;
            good = above == 0 || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), making[i], 1,
                                     SCMP_A0(SCMP_CMP_MASKED_EQ, above, above)) == 0;
        }
    }
    for (size_t i = 0; good && i < sizeof round_about / sizeof round_about[0]; i++) {
        good = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), round_about[i], 0) == 0;
    }
    good = good && seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good || error_set(err, ERROR_MACHINE,
                       "the kernel does not let the player shut itself off from the network (seccomp)");
}
