import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../server/src/languages/languages.ts';
import { type ChangeSet, LIQUIBASE_CHANGELOG } from '../../../server/src/languages/liquibase/changelog.ts';
import { World } from '../../../server/src/workspace/world.ts';

function changes(name: string, text: string): string[] | undefined {
  const world = new World(LANGUAGES);
  const uri = `file:///shop/db/changelog/${name}`;
  world.apply([{ uri, text }]);
  const [found] = world.snapshot().graph.all(LIQUIBASE_CHANGELOG);
  return (found?.model as readonly ChangeSet[] | undefined)?.map(
    ({ id, author, span }) => `${author}:${id} at ${text.slice(span.start, span.end)}`,
  );
}

describe('a changelog of Liquibase', () => {
  it('is read from YAML, with includes and other entries between', () => {
    const text =
      'databaseChangeLog:\n  - include: { file: a.yaml }\n  - changeSet:\n      id: "1"\n      author: anna\n  - changeSet: { author: ben, id: two }\n';
    assert.deepEqual(changes('a.yaml', text), ['anna:1 at "1"', 'ben:two at two']);
  });

  it('is read from XML', () => {
    const text =
      '<databaseChangeLog xmlns="x"><changeSet id="1" author="a&amp;b"><sql/></changeSet><include file="c"/></databaseChangeLog>';
    assert.deepEqual(changes('a.xml', text), ['a&b:1 at 1']);
  });

  it('is read from formatted SQL', () => {
    const text =
      '--liquibase formatted sql\n\n--changeset anna:1 runOnChange:true\nSELECT 1;\n-- changeset ben:"two words"\nSELECT 2;\n';
    assert.deepEqual(changes('a.sql', text), ['anna:1 at 1', 'ben:two words at "two words"']);
  });

  it('is no other file', () => {
    assert.equal(changes('a.sql', '-- changeset anna:1\nSELECT 1;\n'), undefined);
    assert.equal(changes('a.yaml', 'changes: []\n'), undefined);
    assert.equal(changes('a.xml', '<other/>'), undefined);
  });
});
