#!/usr/bin/env node
// Runs the binary that the package for this platform brings.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

function binary() {
  const { platform, arch } = process;
  // Static, hence the same package for every Linux.
  const name = `@copydesk/${platform}-${arch}`;
  const file = platform === "win32" ? "copydesk.exe" : "copydesk";
  try {
    return require.resolve(`${name}/${file}`);
  } catch {
    console.error(`copydesk: there is no binary for ${platform} on ${arch}, or \`${name}\` was not installed`);
    console.error("copydesk: install with optional dependencies, or take a binary of a release");
    process.exit(2);
  }
}

const run = spawnSync(binary(), process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (run.error) {
  console.error(`copydesk: ${run.error.message}`);
  process.exit(2);
}
process.exit(run.signal ? 128 + (constants.signals[run.signal] ?? 0) : run.status);
