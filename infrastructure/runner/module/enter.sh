#!/bin/sh
# Runs as the first process of fresh namespaces: builds a file system of nothing but the system's programs, Node and
# the program's code, all read-only, makes it the only one there is, and gives up every privilege before Node starts.
# Arguments: root, node, program, uid to drop to (or -), then the command, with paths as inside.
set -eu
root=$1 node=$2 program=$3 uid=$4
shift 4

mount -t tmpfs -o mode=0755,size=256k,nosuid,nodev strata "$root"
cd "$root"
for system in usr bin sbin lib lib64; do
  if [ -L "/$system" ]; then ln -s "$(readlink "/$system")" "$system"
  elif [ -d "/$system" ]; then
    mkdir "$system"
    mount --bind "/$system" "$system"
    mount -o remount,bind,ro,nosuid,nodev "$system"
  fi
done

mkdir -p proc old strata/program
: > strata/node
bind() { mount --bind "$1" "$2" && mount -o "remount,bind,$3,nosuid,nodev" "$2"; }
bind "$node" strata/node ro
bind "$program" strata/program ro,noexec

# umount and unshare read /proc; it is this namespace's own, with the program's processes alone.
mount -t proc -o nosuid,nodev,noexec proc proc
pivot_root . old
umount -n -l /old
rmdir /old
mount -o remount,bind,ro,nosuid,nodev /
cd /strata

become=
if [ "$uid" != - ]; then become="setpriv --reuid=$uid --regid=$uid --clear-groups --pdeathsig KILL --"; fi
# Changing the user forgets whom to die with, so that is said again after each change.
exec $become unshare --user --map-user=65534 --map-group=65534 -- \
  setpriv --bounding-set=-all --inh-caps=-all --no-new-privs --pdeathsig KILL -- "$@"
