import { builtInAt } from '../../languages/helm/builtInObjects.ts';
import { type FunctionOrigin, functionLabel } from '../../languages/helm/templateFunction.ts';
import { FUNCTIONS } from '../../languages/helm/templateFunctions.ts';
import type { Shape } from '../../languages/helm/templateShape.ts';
import { chartIn, type ReleaseReading } from '../../workspace/helm/releaseReading.ts';
import type { Cursor, Explanation } from '../languageFeatures.ts';
import { chartField, valueReferences } from './helmNavigation.ts';
import { type HelmPlace, helmPlacesAt } from './helmPlace.ts';
import { namedTemplateMarkdown } from './namedTemplateMarkdown.ts';
import { sameValue } from './sameValue.ts';
import { openTemplate } from './templateAt.ts';
import { valueExpression, valueMarkdown } from './valueInMarkdown.ts';

const ORIGINS: Readonly<Record<FunctionOrigin, string>> = {
  go: 'Go template',
  sprig: 'Sprig',
  helm: 'Helm',
};

/** What the value, function, template, object or variable of the chart under the cursor is. */
export function helmExplanation(cursor: Cursor): Explanation | undefined {
  const at = helmPlacesAt(cursor);
  if (!at) return undefined;
  const isTemplate = openTemplate(cursor) !== undefined;
  const texts = new Set<string>();
  for (const place of at.places) {
    const text = markdownOf(at.release, place, isTemplate);
    if (text !== undefined) texts.add(text);
  }
  const span = at.places[0]?.span;
  return span && texts.size > 0 ? { markdown: [...texts].join('\n\n---\n\n'), span } : undefined;
}

function markdownOf(release: ReleaseReading, place: HelmPlace, isTemplate: boolean): string | undefined {
  switch (place.kind) {
    case 'value': {
      const markdown = valueMarkdown(place.chart, place.path);
      if (isTemplate) return markdown;
      const uses = [...valueReferences(release, sameValue(place.chart, place.path))].length;
      return `${markdown}\n\n${uses === 0 ? 'No template names it.' : `Named ${uses === 1 ? 'once' : `${uses} times`} in templates.`}`;
    }
    case 'template':
      return namedTemplateMarkdown(release, place.name);
    case 'builtIn': {
      const object = builtInAt(place.path);
      if (!object) return undefined;
      const written = `\`.${place.path.join('.')}\``;
      const value = place.path.length > 1 ? chartField(place.chart, place.path) : undefined;
      const shown = value ? `\n\n\`${value.source.slice(value.span).split(/[\r\n]/)[0]}\` in Chart.yaml` : '';
      return `**${written}** (${object.type})\n\n${object.documentation}${shown}`;
    }
    case 'function': {
      const definition = FUNCTIONS.get(place.name);
      if (!definition) return undefined;
      return `\`\`\`gotemplate\n${functionLabel(definition)}\n\`\`\`\n\n${definition.documentation}\n\n${ORIGINS[definition.origin]}`;
    }
    case 'variable': {
      const { name, declaredAt } = place.use;
      if (name === '$') return undefined;
      if (!declaredAt) return `No variable \`${name}\` is declared before this.`;
      const shape = [...place.run.reading.scopes.values()].findLast(
        ({ variables }) => variables.get(name)?.declaredAt === declaredAt,
      );
      return `**\`${name}\`** ${shapeInWords(release, shape?.variables.get(name)?.shape)}`.trimEnd();
    }
    case 'argument':
      return `**\`.${place.name}\`** ${shapeInWords(release, place.shape)}`.trimEnd();
  }
}

function shapeInWords(release: ReleaseReading, shape: Shape | undefined): string {
  switch (shape?.kind) {
    case 'value': {
      const chart = chartIn(release, shape.chart);
      const expression = `is \`${valueExpression(shape.path)}\``;
      return chart && shape.path.length > 0 ? `${expression}\n\n${valueMarkdown(chart, shape.path)}` : expression;
    }
    case 'root':
      return 'is the root, with `.Values`, `.Release` and the other built-in objects';
    case 'object':
      return `is \`.${shape.path.join('.')}\``;
    case 'dictionary':
      return `is a map with ${[...shape.entries.keys()].map((key) => `\`${key}\``).join(', ')}`;
    case 'list':
      return 'is a list';
    case 'scalar':
      return shape.text === undefined ? 'is a text, number or boolean' : `is \`${shape.text}\``;
    default:
      return '';
  }
}
