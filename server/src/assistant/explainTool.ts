import type { ExplainInput } from '../../../protocol/assistantTools.ts';
import { pageSection } from '../features/pageSection.ts';
import { ToolRefusal } from './toolRefusal.ts';
import type { ToolWorkspace } from './toolWorkspace.ts';

/** The page of a pattern or group, or the section of one rule. */
export async function explainTool({ id }: ExplainInput, { known, page: read }: ToolWorkspace): Promise<object> {
  const [owner = '', fault] = id.split('/', 2);
  const page = known.owners.includes(owner) ? await read(owner) : undefined;
  const markdown = page === undefined || fault === undefined ? page : pageSection(page, fault);
  if (markdown === undefined) {
    const nearest = known.nearest(id);
    const hint = nearest === undefined ? `There are: ${known.owners.join(', ')}.` : `Is '${nearest}' meant?`;
    throw new ToolRefusal(`There is no pattern, group or rule '${id}'. ${hint}`);
  }
  return { title: id, markdown: markdown.replace(/^<!--.*?-->\n+/s, '') };
}
