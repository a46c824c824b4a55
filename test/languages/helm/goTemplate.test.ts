import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseTemplate } from '../../../server/src/languages/helm/parseTemplate.ts';
import { undefinedVariables } from '../../../server/src/languages/helm/undefinedVariables.ts';
import { findProgram } from '../../environment/processes/findProgram.ts';
import { chartTemplates } from './chartTemplates.ts';
import { TEMPLATE_PIECES } from './templatePieces.ts';
import { templateSoup } from './templateSoup.ts';
import { writtenTree } from './writtenTree.ts';

const folder = fileURLToPath(new URL('goTemplate/', import.meta.url));

interface GoResult {
  readonly error?: string;
  readonly tree?: string;
}

describe('templates, beside the parser of Go', function () {
  this.timeout(180_000);
  let read: (texts: readonly string[]) => GoResult[];

  before(function () {
    const go = findProgram('go');
    if (go === undefined) {
      assert.notEqual(process.env['CI'], 'true', 'There is no `go` to compare with.');
      console.log('      SKIPPED: there is no `go` to compare with.');
      this.skip();
    }
    read = (texts) =>
      JSON.parse(
        execFileSync(go, ['run', '.'], {
          cwd: folder,
          input: JSON.stringify(texts),
          encoding: 'utf8',
          maxBuffer: 2 ** 28,
          env: { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOWORK: 'off' },
        }),
      ) as GoResult[];
  });

  /** Says of each template whether both accept it, and if so that they read the same. */
  function compare(texts: readonly string[]): { accepted: number; rejected: number } {
    const counts = { accepted: 0, rejected: 0 };
    for (const [index, { error, tree }] of read(texts).entries()) {
      const text = texts[index]!;
      const template = parseTemplate(text);
      const [problem] = template.problems;
      if (error?.includes('undefined variable')) {
        // Go stops at the first fault that it meets.
        assert.ok(problem !== undefined || undefinedVariables(template).length > 0, JSON.stringify(text));
        counts.rejected++;
        continue;
      }
      // An assignment to what nothing declares fails only when the template runs.
      const undeclared = undefinedVariables(template).filter(({ name }) => !text.includes(`${name} =`));
      if (tree !== undefined) assert.deepEqual(undeclared, [], JSON.stringify(text));
      const ours = problem ? `${problem.code} at ${problem.span.start}: ${problem.message}` : 'no problem';
      assert.equal(
        problem !== undefined,
        error !== undefined,
        `${JSON.stringify(text)}\n  Go: ${error ?? 'no problem'}\n  ours: ${ours}`,
      );
      if (tree !== undefined) assert.equal(writtenTree(template), tree, JSON.stringify(text));
      counts[error === undefined ? 'accepted' : 'rejected']++;
    }
    return counts;
  }

  it('reads every template of the examples the same', () => {
    const texts = chartTemplates().map(({ text }) => text);
    const { accepted, rejected } = compare(texts);
    assert.ok(accepted >= 10);
    assert.equal(rejected, 0);
  });

  it('accepts and rejects the same cuts of templates', () => {
    const texts = chartTemplates().flatMap(({ text }) => {
      const step = Math.max(1, Math.floor(text.length / 40));
      return Array.from({ length: Math.floor(text.length / step) }, (_, index) => text.slice(0, index * step));
    });
    const { accepted, rejected } = compare(texts);
    assert.ok(accepted > 50);
    assert.ok(rejected > 50);
  });

  it('accepts and rejects the same actions at the edges of the grammar', () => {
    const actions = TEMPLATE_PIECES.flatMap((piece) => [
      `{{${piece}}}`,
      `{{ ${piece} }}`,
      `{{-${piece}-}}`,
      `{{- ${piece} -}}`,
      `{{$x := 1}}{{range .a}}{{ ${piece} }}{{end}}`,
    ]);
    const definitions = ['x', '', ' ', '{{ . }}'].flatMap((body) => [
      `{{define "a"}}x{{end}}{{define "a"}}${body}{{end}}`,
      `{{define "a"}}${body}{{end}}{{block "a" .}}y{{end}}`,
    ]);
    const { accepted, rejected } = compare([...actions, ...definitions]);
    assert.ok(accepted > 150);
    assert.ok(rejected > 300);
  });

  it('accepts and rejects the same of what is thrown together, and reads it the same', () => {
    const { accepted, rejected } = compare([...templateSoup(7, 4000)]);
    assert.ok(accepted > 200);
    assert.ok(rejected > 200);
  });
});
