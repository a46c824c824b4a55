import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';

const version = spawnSync('terraform', ['version'], { encoding: 'utf8' });
const isPresent = version.status === 0;

/** Skips the running test, and says so, where there is no `terraform` on the PATH; fails it instead when `CI` is set. */
export function needTerraform(test: Context): void {
  if (isPresent) return;
  const message = 'The comparison with the terraform binary needs terraform on the PATH.';
  if (process.env['CI']) throw new Error(message);
  console.warn(`SKIPPED: ${message}`);
  test.skip();
}

/** What `terraform fmt` makes of each text; undefined where it reports a syntax error. */
export function formattedByTerraform(texts: readonly string[]): readonly (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-fmt-'));
  try {
    const fileOf = (index: number): string => join(folder, `f${index}.tf`);
    for (const [index, text] of texts.entries()) writeFileSync(fileOf(index), text);
    const run = spawnSync('terraform', ['fmt', '-no-color', folder], { encoding: 'utf8', maxBuffer: 1 << 30 });
    const refused = new Set([...run.stderr.matchAll(/ on \S*f(\d+)\.tf line /g)].map((match) => Number(match[1])));
    return texts.map((_, index) => (refused.has(index) ? undefined : readFileSync(fileOf(index), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The values of expressions as `terraform console` computes them, as JSON; undefined where it reports an error. */
export function evaluatedByTerraform(expressions: readonly string[]): readonly (unknown | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-console-'));
  try {
    // The console answers only the last line that it reads from a pipe.
    const items = expressions.map((expression) => `try(jsonencode({ value = (${expression}) }), "error")`);
    const input = `jsonencode([${items.join(', ')}])\n`;
    const run = spawnSync('terraform', ['console'], { cwd: folder, input, encoding: 'utf8', maxBuffer: 1 << 30 });
    if (run.status !== 0) throw new Error(`terraform console: ${run.stdout} ${run.stderr}`);
    const answers = JSON.parse(JSON.parse(run.stdout) as string) as string[];
    return answers.map((text) => (text === 'error' ? undefined : (JSON.parse(text) as { value: unknown }).value));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The built-in functions as the binary describes them. */
export function functionsOfTerraform(): ReadonlyMap<
  string,
  { readonly parameters: readonly string[]; readonly variadic: string | undefined }
> {
  const run = spawnSync('terraform', ['metadata', 'functions', '-json'], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const { function_signatures: signatures } = JSON.parse(run.stdout) as {
    function_signatures: Record<string, { parameters?: { name: string }[]; variadic_parameter?: { name: string } }>;
  };
  return new Map(
    Object.entries(signatures)
      .filter(([name]) => !name.includes('::'))
      .map(([name, signature]) => [
        name,
        {
          parameters: (signature.parameters ?? []).map((parameter) => parameter.name),
          variadic: signature.variadic_parameter?.name,
        },
      ]),
  );
}
