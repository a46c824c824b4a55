import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRotatingLogger, Logger, setLevel } from '../../scripts/standIns/spdlog.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('the stand-in for spdlog', () => {
  const { path } = temporaryFolder();
  let count = 0;
  const file = () => join(path, `logs-${count++}`, 'Slipway.log');
  afterEach(() => setLevel(0));

  it('writes time, name, level and message of what its level lets through', async () => {
    const name = file();
    const logger = await createRotatingLogger('Slipway', name, 0, 1);
    logger.debug('too quiet');
    logger.warn('image pushed');
    logger.drop();
    logger.error('after the end');
    assert.match(
      readFileSync(name, 'utf8'),
      /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] \[Slipway\] \[warning\] image pushed\n$/,
    );
  });

  it('follows the pattern it is given, and writes bare text without one', () => {
    const name = file();
    const logger = new Logger('rotating', 'S', name, 0, 1);
    logger.setPattern('%l: %v %%');
    logger.info('one');
    logger.clearFormatters();
    logger.info('two');
    assert.equal(readFileSync(name, 'utf8'), 'info: one %%\ntwo');
  });

  it('obeys the level of all loggers', () => {
    const name = file();
    const logger = new Logger('rotating', 'S', name, 0, 1);
    logger.clearFormatters();
    setLevel(4);
    logger.warn('quiet');
    logger.error('loud');
    assert.equal(readFileSync(name, 'utf8'), 'loud');
  });

  it('moves a full file aside and keeps as many as it may', () => {
    const name = file();
    const logger = new Logger('rotating', 'S', name, 10, 3);
    logger.clearFormatters();
    for (const text of ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd']) logger.info(text);
    assert.deepEqual(readdirSync(join(name, '..')).sort(), ['Slipway.1.log', 'Slipway.2.log', 'Slipway.log']);
    assert.equal(readFileSync(name, 'utf8'), 'dddddddd');
    assert.equal(readFileSync(name.replace('.log', '.2.log'), 'utf8'), 'bbbbbbbb');
  });
});
