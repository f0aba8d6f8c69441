// Fails when package-lock.json names download addresses, lacks a digest of what is downloaded, or lacks an optional
// platform package that `npm ci` would then miss on every machine; and when package.json leaves a version open.
import fs from 'node:fs';

const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
const faults = [];

const resolves = (from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
    if (!at.includes('/node_modules/')) at = '';
    if (at === '') return Boolean(packages[`node_modules/${name}`]);
  }
};

for (const [at, entry] of Object.entries(packages)) {
  if (/^https?:/.test(entry.resolved ?? '')) faults.push(`${at} carries an address`);
  if (at !== '' && !entry.integrity) faults.push(`${at} has no digest`);
  for (const name of Object.keys(entry.optionalDependencies ?? {}))
    if (!resolves(at, name)) faults.push(`${at || 'the project'} misses ${name}`);
}
const wanted = JSON.parse(fs.readFileSync('package.json', 'utf8'));
for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'])
  for (const [name, version] of Object.entries(wanted[kind] ?? {}))
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      faults.push(`${name} is wanted in ${version}, not in one version`);
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
