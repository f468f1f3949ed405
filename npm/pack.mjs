// Makes the npm packages of a release: one for each binary, and `copydesk`, which picks among them.
//
//   node npm/pack.mjs OUT PLATFORM-ARCH=BINARY…      such as linux-x64=target/release/copydesk
//
// The version comes from Cargo.toml. OUT gets a folder for each package, ready for `npm pack` or `npm publish`.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const [out, ...binaries] = process.argv.slice(2);
if (!out || binaries.length === 0) {
  console.error("usage: node npm/pack.mjs OUT PLATFORM-ARCH=BINARY…");
  process.exit(2);
}
const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
const main = JSON.parse(readFileSync(join(here, "copydesk/package.json"), "utf8"));
const write = (folder, content) => writeFileSync(join(folder, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
const licences = folder => ["LICENSE-MIT", "LICENSE-APACHE"].forEach(name => copyFileSync(join(root, name), join(folder, name)));

main.version = version;
main.optionalDependencies = {};
for (const pair of binaries) {
  const [target, binary] = pair.split("=");
  const [platform, arch] = target.split("-");
  const file = platform === "win32" ? "copydesk.exe" : "copydesk";
  const folder = join(out, target);
  mkdirSync(folder, { recursive: true });
  copyFileSync(binary, join(folder, file));
  chmodSync(join(folder, file), 0o755);
  licences(folder);
  write(folder, {
    name: `@copydesk/${target}`,
    version,
    description: `The copydesk binary for ${platform} on ${arch}`,
    license: main.license,
    os: [platform],
    cpu: [arch],
    files: [file, "LICENSE-*"],
    preferUnplugged: true,
  });
  main.optionalDependencies[`@copydesk/${target}`] = version;
}
const folder = join(out, "copydesk");
cpSync(join(here, "copydesk"), folder, { recursive: true });
copyFileSync(join(root, "README.md"), join(folder, "README.md"));
licences(folder);
write(folder, main);
