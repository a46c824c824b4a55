import assert from 'node:assert/strict';
import { completionsAt } from '../../../server/src/languages/dockerfile/dockerfileCompletion.ts';
import { hoverAt } from '../../../server/src/languages/dockerfile/dockerfileHover.ts';
import {
  definitionsAt,
  highlightsAt,
  referencesAt,
  renameAt,
  renameSpanAt,
} from '../../../server/src/languages/dockerfile/dockerfileNavigation.ts';
import { dockerfileFoldings, dockerfileOutline } from '../../../server/src/languages/dockerfile/dockerfileOutline.ts';
import { formatDockerfile } from '../../../server/src/languages/dockerfile/formatDockerfile.ts';
import {
  FLAG_DOCS,
  INSTRUCTION_DOCS,
  MOUNT_OPTION_DOCS,
  MOUNT_TYPE_DOCS,
} from '../../../server/src/languages/dockerfile/instructionDocs.ts';
import { INSTRUCTIONS, MOUNT_OPTIONS } from '../../../server/src/languages/dockerfile/instructionGrammar.ts';
import { applyEdits } from '../../../server/src/text/sourceText.ts';
import { atCursor, parsed } from './exampleDockerfile.ts';

function labels(marked: string): string[] {
  const { file, offset } = atCursor(marked);
  return completionsAt(file, offset).map(({ label }) => label);
}

/** The text after choosing one offer. */
function choosing(marked: string, label: string): string {
  const { file, offset } = atCursor(marked);
  const offer = completionsAt(file, offset).find((candidate) => candidate.label === label);
  assert.ok(offer, `${label} is not offered`);
  return applyEdits(file.source.text, [{ uri: file.source.uri, span: offer.span, newText: offer.newText }]);
}

describe('completion in a Dockerfile', () => {
  it('offers FROM and ARG first, and every instruction after', () => {
    assert.deepEqual(labels('│'), ['ARG', 'FROM']);
    const all = labels('FROM a\nCO│');
    assert.ok(all.includes('COPY') && all.includes('HEALTHCHECK') && !all.includes('MAINTAINER'));
    assert.ok(labels('from a\nco│').includes('copy'));
    assert.ok(labels('FROM a\nONBUILD CO│').includes('COPY'));
  });

  it('writes a skeleton with places to fill in', () => {
    assert.equal(choosing('FROM a\nWOR│', 'WORKDIR'), 'FROM a\nWORKDIR ${1:/app}');
  });

  it('offers the flags that are not there yet', () => {
    assert.deepEqual(labels('FROM a\nCOPY --from=b --│ x y'), [
      '--chmod',
      '--chown',
      '--exclude',
      '--link',
      '--parents',
    ]);
    assert.equal(choosing('FROM a\nRUN --mou│', '--mount'), 'FROM a\nRUN --mount=');
    assert.ok(labels('FROM a\nRUN --mount=type=ssh \\\n  --│').includes('--mount'));
    assert.deepEqual(labels('FROM a\nRUN make --│'), []);
  });

  it('offers mount types, options and values', () => {
    assert.deepEqual(labels('FROM a\nRUN --mount=type=│').sort(), ['bind', 'cache', 'secret', 'ssh', 'tmpfs']);
    assert.deepEqual(labels('FROM a\nRUN --mount=type=tmpfs,target=/x,│'), ['size']);
    assert.equal(
      choosing('FROM a\nRUN --mount=type=cache,sharing=lo│', 'locked'),
      'FROM a\nRUN --mount=type=cache,sharing=locked',
    );
    assert.deepEqual(labels('FROM a AS deps\nFROM b\nRUN --mount=from=│'), ['deps']);
  });

  it('offers the stages above, never those below or the own one', () => {
    assert.deepEqual(labels('FROM a AS one\nFROM b AS two\nCOPY --from=│ x y\nFROM c AS three'), ['one']);
    assert.deepEqual(labels('FROM a AS one\nFROM │'), ['one', 'scratch']);
    assert.deepEqual(labels('FROM a │'), ['AS']);
  });

  it('offers the variables that the place sees', () => {
    const text = 'ARG OUTER=1\nFROM a\nENV OWN=1\n';
    assert.deepEqual(labels(`${text}LABEL a=$│`), ['OWN']);
    assert.deepEqual(labels('ARG OUTER=1\nFROM $O│').slice(0, 1), ['OUTER']);
    assert.equal(choosing(`${text}LABEL a=\${O│`, 'OWN'), `${text}LABEL a=\${OWN}`);
    assert.equal(choosing(`${text}RUN echo "$O│"`, 'OWN'), `${text}RUN echo "$OWN"`);
  });

  it('offers directives at the top and the names of build checks', () => {
    assert.deepEqual(labels('# │').sort(), ['check', 'escape', 'syntax']);
    assert.deepEqual(labels('FROM a\n# │'), []);
    assert.ok(labels('# check=skip=UndefinedVar,│').includes('FromAsCasing'));
  });

  it('is silent in heredocs and comments', () => {
    assert.deepEqual(labels('FROM a\nRUN <<EOF\nCO│\nEOF'), []);
    assert.deepEqual(labels('FROM a\n# CO│'), []);
  });
});

describe('hover in a Dockerfile', () => {
  const hover = (marked: string) => {
    const { file, offset } = atCursor(marked);
    return hoverAt(file, offset)?.markdown;
  };

  it('explains instructions, flags, mount options and directives', () => {
    assert.match(hover('FROM a\nHEALTH│CHECK CMD x')!, /exit status 0/);
    assert.match(hover('FROM a\nCOPY --li│nk a b')!, /layer of its own/);
    assert.match(hover('FROM a\nRUN --mount=type=cac│he,target=/x y')!, /kept between builds/);
    assert.match(hover('FROM a\nRUN --mount=type=cache,dst│=/x y')!, /path at which/);
    assert.match(hover('FROM a\nONBUILD CO│PY a b')!, /build context/);
    assert.match(hover('# synt│ax=x\nFROM a')!, /newest stable syntax/);
  });

  it('shows what a stage is made of', () => {
    assert.equal(
      hover('FROM node:22 AS base\nUSER 1\nFROM base AS app\nFROM ap│p'),
      'Stage `app` from `base` from `node:22`  \nUser: `1`',
    );
  });

  it('shows the value of a variable, but never of a secret', () => {
    assert.equal(hover('FROM a\nENV A=1\nRUN echo $│A'), 'Variable `A` = `1` (line 2)');
    assert.equal(
      hover('FROM a\nARG A=1\nRUN echo $│A'),
      'Build argument `A` = `1` unless a build argument says otherwise (line 2)',
    );
    assert.equal(hover('FROM a\nENV DB_PASSWORD=hunter2\nRUN echo $DB_PASS│WORD'), 'Variable `DB_PASSWORD` (line 2)');
  });

  it('has a text for everything that the syntax knows', () => {
    assert.deepEqual(Object.keys(INSTRUCTION_DOCS).sort(), [...INSTRUCTIONS.keys()].sort());
    const flags = [...INSTRUCTIONS].flatMap(([keyword, { flags: known }]) =>
      Object.keys(known).map((name) => `${keyword} --${name}`),
    );
    assert.deepEqual(Object.keys(FLAG_DOCS).sort(), flags.sort());
    assert.deepEqual(Object.keys(MOUNT_TYPE_DOCS).sort(), Object.keys(MOUNT_OPTIONS).sort());
    const options = new Set(Object.values(MOUNT_OPTIONS).flatMap((known) => [...known.values()]));
    assert.deepEqual(Object.keys(MOUNT_OPTION_DOCS).sort(), [...options].sort());
  });
});

describe('navigation in a Dockerfile', () => {
  const TEXT =
    'ARG V=1\nFROM a:$V AS Build\nARG V\nRUN echo "${V:-2}" && V=3 sh -c x\nFROM build\nCOPY --from=BUILD x y\nRUN --mount=from=build,target=/x echo $V';

  const places = (marked: string, find: typeof definitionsAt) => {
    const { file, offset } = atCursor(marked);
    return find(file, offset).map(({ start, end }) => [file.source.lineAt(start), file.source.text.slice(start, end)]);
  };

  it('leads from a use to where the value is given', () => {
    assert.deepEqual(places(TEXT.replace('--from=BUILD', '--from=BU│ILD'), definitionsAt), [[1, 'Build']]);
    assert.deepEqual(places(TEXT.replace('a:$V', 'a:$│V'), definitionsAt), [[0, 'V']]);
    assert.deepEqual(places(TEXT.replace('ARG V\n', 'ARG │V\n'), definitionsAt), [[0, 'V']]);
    assert.deepEqual(places('FROM a\nRUN echo $N│ONE', definitionsAt), []);
  });

  it('finds every use', () => {
    assert.deepEqual(places(TEXT.replace('AS Build', 'AS Bu│ild'), referencesAt), [
      [4, 'build'],
      [5, 'BUILD'],
      [6, 'build'],
    ]);
    assert.equal(places(TEXT.replace('AS Build', 'AS Bu│ild'), highlightsAt).length, 4);
  });

  it('renames a stage everywhere', () => {
    const { file, offset } = atCursor(TEXT.replace('AS Build', 'AS Bu│ild'));
    const rename = renameAt(file, offset, 'compile');
    assert.equal(rename.status, 'edits');
    const renamed = applyEdits(file.source.text, rename.edits);
    assert.equal(
      renamed,
      TEXT.replace('AS Build', 'AS compile')
        .replace('FROM build', 'FROM compile')
        .replace('--from=BUILD', '--from=compile')
        .replace('from=build', 'from=compile'),
    );
  });

  it('renames a variable in instructions, flags, scripts and heredocs', () => {
    const text =
      'FROM a\nARG OLD=1\nENV B=${OLD:-x}\nCOPY --chown=$OLD a b\nRUN echo "$OLD" \'$OLD\'\nCOPY <<EOF /c\n$OLD\nEOF\nCMD ["sh", "-c", "exec $OLD"]';
    const { file, offset } = atCursor(text.replace('ARG OLD', 'ARG O│LD'));
    const rename = renameAt(file, offset, 'NEW');
    assert.equal(rename.status, 'edits');
    const renamed = applyEdits(text, rename.edits);
    assert.equal(renamed, text.replaceAll('OLD', 'NEW').replace("'$NEW'", "'$OLD'"));
  });

  it('says why a name can not be taken', () => {
    const { file, offset } = atCursor(TEXT.replace('AS Build', 'AS Bu│ild'));
    assert.equal(renameAt(file, offset, '1x').status, 'refused');
    const two = atCursor('FROM a AS o│ne\nFROM b AS two');
    assert.deepEqual(renameAt(two.file, two.offset, 'Two'), {
      status: 'refused',
      reason: 'There is a stage Two already.',
    });
    const path = atCursor('FROM a\nENV PA│TH=/x');
    assert.equal(renameSpanAt(path.file, path.offset), undefined);
  });
});

describe('outline and folding of a Dockerfile', () => {
  it('shows stages with their instructions', () => {
    const items = dockerfileOutline(parsed('ARG V=1\nFROM a AS b\nRUN c\nENV D=e\nFROM f'));
    assert.deepEqual(
      items.map(({ name, detail, kind, children }) => [
        name,
        detail,
        kind,
        children.map((child) => [child.name, child.detail, child.kind]),
      ]),
      [
        ['ARG', 'V=1', 'variable', []],
        [
          'b',
          'FROM a',
          'stage',
          [
            ['RUN', 'c', 'instruction'],
            ['ENV', 'D=e', 'variable'],
          ],
        ],
        ['stage 1', 'FROM f', 'stage', []],
      ],
    );
  });

  it('folds stages, long instructions, heredocs and blocks of comments', () => {
    const file = parsed('# a\n# b\nFROM a\nRUN x \\\n y\nRUN <<E\nz\nE\nFROM b\nRUN c');
    const lines = dockerfileFoldings(file).map(({ start, end }) => [
      file.source.lineAt(start),
      file.source.lineAt(end),
    ]);
    assert.deepEqual(lines, [
      [0, 1],
      [2, 7],
      [3, 4],
      [6, 7],
      [8, 9],
    ]);
  });
});

describe('formatting of a Dockerfile', () => {
  const formatted = (text: string) => applyEdits(text, formatDockerfile(parsed(text), { indent: '  ' }));

  it('indents continued lines and trims the ends', () => {
    assert.equal(
      formatted('  FROM a \nRUN b && \\\nc \\\n# why\n    --d\n  \n'),
      'FROM a\nRUN b && \\\n  c \\\n  # why\n    --d\n\n',
    );
  });

  it('leaves heredocs, quotes over several lines and glued words alone', () => {
    for (const text of [
      'FROM a\nRUN <<E\n  x  \n\t\nE\n',
      'FROM a\nRUN echo "a  \\\nb" \\\n  c\n',
      'FROM a\nRUN ec\\\nho\n',
    ]) {
      assert.equal(formatted(text), text);
    }
  });

  it('keeps Windows line ends', () => {
    assert.equal(formatted('FROM a \r\nRUN b \\\r\nc\r\n'), 'FROM a\r\nRUN b \\\r\n  c\r\n');
  });
});
