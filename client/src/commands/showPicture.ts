import { Failure } from '../cluster/failure.ts';
import { askPattern } from './askPattern.ts';
import type { Command } from './command.ts';

/** Draws the uses of a pattern beside the editor, with this workspace's names and numbers. */
export const showPicture: Command = {
  id: 'slipway.showPicture',
  needsTrust: false,
  async run(context, argument) {
    const pattern = await askPattern(context, argument, 'Show Picture', ({ instances }) => instances.length > 0);
    const { use } = (argument ?? {}) as { use?: unknown };
    if (pattern.instances.length === 0)
      throw new Failure('not-found', `The workspace does not use ${pattern.title}.`, {
        advice: 'Apply the pattern first.',
      });
    await context.pictures.show(pattern.id, pattern.title, typeof use === 'string' ? use : undefined);
  },
};
