import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A fault that is planted into the example shop; see `examples/faults/README.md`. */
export interface PlantedFault {
  readonly rule: string;
  /** Relative to the shop, with `/`. */
  readonly file: string;
  readonly replace?: string;
  readonly with?: string;
  readonly text?: string;
  readonly at?: string;
  readonly also?: readonly string[];
}

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../examples');

/** Every planted fault, in the order of the files that list them. */
export function plantedFaults(): readonly PlantedFault[] {
  return readdirSync(path.join(examples, 'faults'))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => (parse(readFileSync(path.join(examples, 'faults', file), 'utf8')) ?? []) as PlantedFault[]);
}

/** What the line of the finding says. */
export function lineOf(fault: PlantedFault): string {
  return fault.at ?? (fault.with ?? fault.text ?? '').trim().split('\n', 1)[0]!.trim();
}

/** The text of a shop file with its faults. Throws when a fault no longer finds its place. */
export function planted(file: string, text: string | undefined, faults: readonly PlantedFault[]): string {
  let result = text;
  for (const fault of faults) {
    if (fault.text !== undefined) {
      if (result !== undefined) throw new Error(`The fault ${fault.rule} adds ${file}, which exists already.`);
      result = fault.text;
      continue;
    }
    if (fault.replace === undefined && fault.with === undefined) continue;
    const parts = (result ?? '').split(fault.replace ?? '');
    if (fault.replace === undefined || fault.with === undefined || parts.length !== 2) {
      throw new Error(
        `The fault ${fault.rule} must replace text that stands once in ${file}, not ${parts.length - 1} times: ${fault.replace}`,
      );
    }
    result = parts.join(fault.with);
  }
  for (const fault of faults) {
    if (lineOf(fault) !== '' && result?.includes(lineOf(fault)) === true) continue;
    throw new Error(`The fault ${fault.rule} is not found in ${file}, which has no line with: ${lineOf(fault)}`);
  }
  return result ?? '';
}

/** Writes `examples/shop-with-faults`: the shop with every fault. Sources that were built are left out. */
export function plantFaults(): void {
  const [shop, target] = [path.join(examples, 'shop'), path.join(examples, 'shop-with-faults')];
  const byFile = new Map<string, PlantedFault[]>();
  for (const fault of plantedFaults()) byFile.set(fault.file, [...(byFile.get(fault.file) ?? []), fault]);
  rmSync(target, { recursive: true, force: true });
  const built = new Set(['target', 'node_modules', '.venv', '__pycache__', '.pytest_cache', 'bin', 'obj']);
  cpSync(shop, target, { recursive: true, filter: (source) => !built.has(path.basename(source)) });
  for (const [file, faults] of byFile) {
    const isNew = faults.some((fault) => fault.text !== undefined);
    const text = isNew ? undefined : readFileSync(path.join(shop, file), 'utf8');
    const written = path.join(target, file);
    mkdirSync(path.dirname(written), { recursive: true });
    writeFileSync(written, planted(file, text, faults));
  }
}
