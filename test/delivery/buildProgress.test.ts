import assert from 'node:assert/strict';
import { buildFailure } from '../../client/src/delivery/buildFailure.ts';
import { afterBuildLine, type BuildProgress, noBuildProgress } from '../../client/src/delivery/buildProgress.ts';
import { linesOfBuildStep, linesOfClassicStep } from '../../client/src/delivery/dockerfileLines.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const progressAfter = (...messages: (object | string)[]): BuildProgress =>
  messages.reduce<BuildProgress>(
    (progress, message) => afterBuildLine(progress, typeof message === 'string' ? message : JSON.stringify(message)),
    noBuildProgress,
  );

describe('The progress of a build', () => {
  const started = '2026-01-01T00:00:00.000000001Z';
  const completed = '2026-01-01T00:00:02.500000001Z';
  const vertex = { digest: 'sha256:1', name: '[build 2/3] RUN make' };

  it('follows a step from waiting over running to done, with its time', () => {
    assert.equal(progressAfter({ vertexes: [vertex] }).steps[0]?.state, 'waiting');
    assert.equal(
      progressAfter({ vertexes: [vertex] }, { vertexes: [{ ...vertex, started }] }).steps[0]?.state,
      'running',
    );
    const [step] = progressAfter(
      { vertexes: [{ ...vertex, started }] },
      { vertexes: [{ ...vertex, started, completed }] },
    ).steps;
    assert.equal(step?.state, 'done');
    assert.equal(step?.durationMilliseconds, 2_500);
  });

  it('tells cache hits, failures and cancelled steps apart', () => {
    const state = (more: object) =>
      progressAfter({ vertexes: [{ ...vertex, started, completed, ...more }] }).steps[0]?.state;
    assert.equal(state({ cached: true }), 'cached');
    assert.equal(state({ error: 'process "/bin/sh -c make" did not complete successfully: exit code: 2' }), 'failed');
    assert.equal(state({ error: 'context canceled' }), 'cancelled');
  });

  it('keeps the last lines of output and what is transferred', () => {
    const many = Array.from({ length: 80 }, (_, index) => `line ${index}`).join('\n');
    const progress = progressAfter(
      { vertexes: [{ ...vertex, started }] },
      { logs: [{ vertex: 'sha256:1', stream: 1, data: base64(`${many}\n`) }] },
      { statuses: [{ id: 'layer', vertex: 'sha256:1', name: 'extracting', current: 10, total: 100 }] },
      { statuses: [{ id: 'layer', vertex: 'sha256:1', name: 'extracting', current: 100, total: 100 }] },
    );
    const [step] = progress.steps;
    assert.equal(step?.logTail.length, 50);
    assert.equal(step?.logTail.at(-1), 'line 79');
    assert.deepEqual(step?.transfers, [{ id: 'layer', currentBytes: 100, totalBytes: 100 }]);
  });

  it('brings BuildKit’s own warnings with their lines, counted from 0', () => {
    const warning = {
      vertex: 'sha256:1',
      short: base64('StageNameCasing: use lowercase (line 3)'),
      detail: [base64('Stage names should be lowercase')],
      url: 'https://docs.docker.com/go/x',
      range: [{ start: { line: 3 }, end: { line: 4 } }],
    };
    const [found] = progressAfter({ warnings: [warning] }).warnings;
    assert.deepEqual([found?.line, found?.endLine, found?.detail], [2, 3, 'Stage names should be lowercase']);
  });

  it('is left as it is by anything that is no progress', () => {
    for (const line of ['ERROR: failed to build', '{ half', '', 'Dockerfile:3', 'null', '[]']) {
      assert.equal(afterBuildLine(noBuildProgress, line), noBuildProgress, line);
    }
    assert.deepEqual(progressAfter({ logs: [{ vertex: 'unknown', data: base64('x') }] }).steps, []);
  });
});

const dockerfile = `# syntax of the shop
ARG BASE=alpine
FROM \${BASE} AS Build
WORKDIR /src
COPY . .
RUN make \\
    all
ENV X=1
RUN <<EOT
echo hello
echo world
EOT

FROM scratch
COPY --from=build /src/app /app
CMD ["/app"]
`;

describe('The lines of a build step', () => {
  const cases: [name: string, lines: [number, number] | undefined][] = [
    ['[build 1/5] FROM docker.io/library/alpine', [2, 2]],
    ['[build 4/5] RUN make     all', [5, 6]],
    ['[build 5/5] RUN <<EOT (echo hello...)', [8, 11]],
    ['[stage-1 1/1] COPY --from=build /src/app /app', [13, 13]],
    ['[stage-1 2/2] COPY --from=build /src/app /app', [14, 14]],
    ['[linux/arm64 build 2/5] WORKDIR /src', [3, 3]],
    ['[internal] load build definition from Dockerfile', undefined],
    ['[build 9/9] RUN nothing', undefined],
    ['exporting to image', undefined],
  ];
  for (const [name, lines] of cases) {
    it(name, () => {
      const found = linesOfBuildStep(dockerfile, name);
      assert.deepEqual(found && [found.line, found.endLine], lines);
    });
  }

  it('of a classic build counts every instruction', () => {
    assert.deepEqual(linesOfClassicStep(dockerfile, 5), { line: 5, endLine: 6 });
    assert.equal(linesOfClassicStep(dockerfile, 99), undefined);
  });

  it('of any half-written Dockerfile is found or not, without an exception', () => {
    for (let length = 0; length <= dockerfile.length; length += 1) {
      linesOfBuildStep(dockerfile.slice(0, length), '[build 4/5] RUN make');
    }
  });
});

describe('A build that failed', () => {
  const failed = progressAfter({
    vertexes: [{ digest: '1', name: '[build 4/5] RUN make all', error: 'exit code: 2' }],
    logs: [{ vertex: '1', data: base64('make: *** No rule\n') }],
  });
  const build = (output: string, progress = failed) =>
    buildFailure({ dockerfile: '/shop/Dockerfile', dockerfileText: dockerfile, reference: 'cart:1', progress, output });

  it('points to the lines that the builder marks', () => {
    const output = [
      'Dockerfile:6',
      '--------------------',
      '   9 |     RUN <<EOT',
      '  10 | >>> echo hello',
      '  11 | >>> echo world',
      '  12 |     EOT',
      '--------------------',
      'ERROR: failed to build: failed to solve: process "/bin/sh -c make all" did not complete successfully: exit code: 2',
    ].join('\n');
    const { report } = build(output);
    assert.deepEqual(report.places, [{ file: '/shop/Dockerfile', line: 9, endLine: 10 }]);
    assert.match(report.said, /^process "\/bin\/sh -c make all" did not/);
    assert.match(report.said, /No rule/);
  });

  it('falls back to the failed step’s own lines', () => {
    assert.deepEqual(build('ERROR: failed to solve: exit code: 2').report.places, [
      { file: '/shop/Dockerfile', line: 5, endLine: 6 },
    ]);
  });

  it('points to the base image whose metadata cannot be loaded', () => {
    const progress = progressAfter({
      vertexes: [{ digest: '1', name: '[internal] load metadata for docker.io/library/alpine:3', error: 'not found' }],
    });
    const text = 'FROM scratch\nFROM --platform=linux/amd64 alpine:3 AS x\n';
    const { report } = buildFailure({ dockerfile: 'D', dockerfileText: text, reference: 'x', progress, output: '' });
    assert.deepEqual(report.places, [{ file: 'D', line: 1, endLine: 1 }]);
  });

  it('points to a line that cannot be parsed', () => {
    const { report } = build(
      'ERROR: failed to solve: dockerfile parse error on line 4: unknown instruction: COPPY',
      noBuildProgress,
    );
    assert.deepEqual(report.places, [{ file: '/shop/Dockerfile', line: 3, endLine: 3 }]);
  });

  it('is the engine’s absence, not a fault of the Dockerfile, when the engine is away', () => {
    const { report } = build(
      'ERROR: Cannot connect to the Docker daemon at unix:///x.sock. Is it running?',
      noBuildProgress,
    );
    assert.equal(report.kind, 'unreachable');
    assert.deepEqual(report.places, []);
  });
});
