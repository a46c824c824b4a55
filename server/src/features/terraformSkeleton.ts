import {
  bodyOf,
  type TerraformBody,
  type TerraformMember,
  type TerraformValueType,
} from '../schema/terraform/terraformSchema.ts';

/** Blocks that demand blocks are written so deep; what is deeper is completed where it stands. */
const DEEPEST = 8;

/** The names of what a body demands, arguments before blocks. */
export function requiredSkeleton(body: TerraformBody): readonly string[] {
  const required = [...body.members.values()].filter((member) => member.required);
  return required.sort((a, b) => Number(a.asBlock) - Number(b.asBlock)).map(({ name }) => name);
}

/**
 * Members with all that they demand, in snippet syntax. `indent` is that of the line they begin on; in an object a block is
 * written as an argument.
 */
export function membersSnippet(
  members: readonly TerraformMember[],
  { indent, inObject }: { indent: string; inObject: boolean },
): string {
  const stops = { next: 1 };
  return members.map((member) => written(member, indent, inObject, stops, DEEPEST)).join(`\n${indent}`);
}

function written(
  member: TerraformMember,
  indent: string,
  inObject: boolean,
  stops: { next: number },
  depth: number,
): string {
  const isBlock = member.asBlock && !member.asArgument && !inObject;
  if (!isBlock) return `${member.name} = ${value(member.type, indent, stops)}`;
  const labels = member.labels.map((label) => ` "\${${stops.next++}:${label}}"`).join('');
  const body = bodyOf(member.type);
  const required = body && depth > 0 ? requiredSkeleton(body).map((name) => body.members.get(name)!) : [];
  const inner = `${indent}  `;
  const lines = required.map((each) => inner + written(each, inner, false, stops, depth - 1));
  if (lines.length === 0) lines.push(`${inner}\${${stops.next++}}`);
  return `${member.name}${labels} {\n${lines.join('\n')}\n${indent}}`;
}

function value(type: TerraformValueType, indent: string, stops: { next: number }): string {
  const stop = `\${${stops.next++}}`;
  switch (type.kind) {
    case 'string':
      return `"${stop}"`;
    case 'list':
    case 'set':
      return type.element.kind === 'string' ? `["${stop}"]` : `[${stop}]`;
    case 'map':
    case 'object':
      return `{\n${indent}  ${stop}\n${indent}}`;
    default:
      return stop;
  }
}
