const LIST =
  /(?:valid|possible|allowed|accepted|supported|available)\s+(?:values|options|types)\b[^`.]{0,60}?((?:`[^`\n]{1,60}`(?:\s*\([^)]{0,60}\))?(?:,?\s*(?:or|and)\s+|,\s*|\s*\/\s*|\s+)?)+)|(?:must be|can be|one of|either)\s+(?:(?:one of|either|set to|any of|the following)[\s:]*)*((?:`[^`\n]{1,60}`(?:,?\s*(?:or|and)\s+|,\s*|\s*\/\s*)?){2,})/i;

/**
 * The values that a text names, as in "Valid values are `a` and `b`". They are offered, and never demanded: the text may be
 * older than the service.
 */
export function documentedValues(text: string): readonly string[] {
  const found = LIST.exec(text);
  const list = found?.[1] ?? found?.[2];
  if (list === undefined) return [];
  const values = [...list.matchAll(/`([^`]+)`/g)].map(([, value]) => value!.replace(/^"(.*)"$/, '$1'));
  const isPlain = values.every((value) => /^[\w.:/+-]+$/.test(value));
  return isPlain && values.length > 1 ? [...new Set(values)] : [];
}
