import assert from 'node:assert/strict';
import { problemsFromRows } from './problem.ts';
import type { ListRow } from './virtualList.ts';

const row = (level: number, parts: Record<string, string>, icons: string[] = [], text = ''): ListRow => ({
  level,
  parts,
  icons,
  text,
  label: '',
  expanded: undefined,
});

describe('the rows of the Problems view', () => {
  it('are problems with their file and the places that explain them', () => {
    const problems = problemsFromRows([
      row(1, { 'label-name': 'cart.yaml' }, ['codicon-tree-item-expanded']),
      row(
        2,
        {
          'marker-message': 'No workload carries these labels.',
          'marker-source': 'slipway',
          'marker-code': 'rolling/selector-matches-nothing',
          'marker-line': '[Ln 12, Col 3]',
        },
        ['codicon-light-bulb', 'codicon-error'],
      ),
      row(3, { 'marker-line': '[Ln 4, Col 7]' }, [], 'deploy.yaml[Ln 4, Col 7]: cart is declared here'),
      row(2, { 'marker-message': 'Second.', 'marker-line': '[Ln 20, Col 1]' }, ['codicon-warning']),
      row(1, { 'label-name': 'main.tf' }),
      row(2, { 'marker-message': 'Third.', 'marker-line': '[Ln 1, Col 1]' }, ['codicon-info']),
    ]);
    assert.deepEqual(
      problems.map(({ file, severity, line, related }) => [file, severity, line, related.length]),
      [
        ['cart.yaml', 'error', 12, 1],
        ['cart.yaml', 'warning', 20, 0],
        ['main.tf', 'info', 1, 0],
      ],
    );
    assert.equal(problems[0]?.code, 'rolling/selector-matches-nothing');
    assert.deepEqual(problems[0]?.related, [{ file: 'deploy.yaml', line: 4, message: 'cart is declared here' }]);
  });

  it('may be none', () => assert.deepEqual(problemsFromRows([]), []));
});
