import type { KubeObject } from './kubeObject.ts';

/** What stands for a value that is not shown. */
export const maskedValue = '••••••';

/** The object with every value of a Secret replaced; other objects come back as they are. */
export function withoutSecretValues(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  const copy: Record<string, unknown> = { ...object };
  for (const field of ['data', 'stringData']) {
    const values = object[field];
    if (typeof values !== 'object' || values === null) continue;
    copy[field] = Object.fromEntries(Object.keys(values).map((key) => [key, maskedValue]));
  }
  return copy as KubeObject;
}

/** A text of another program, such as a refusal that quotes what it refuses, without the values of a Secret. */
export function withoutQuotedSecrets(text: string, object: KubeObject): string {
  if (object.kind !== 'Secret') return text;
  const values = ['data', 'stringData'].flatMap((field) => Object.values((object[field] as object | undefined) ?? {}));
  return values
    .flatMap((value) => {
      const written = String(value);
      return [written, Buffer.from(written, 'base64').toString('utf8'), Buffer.from(written).toString('base64')];
    })
    .filter((value) => value.length > 0)
    .sort((left, right) => right.length - left.length)
    .reduce((masked, value) => masked.replaceAll(value, maskedValue), text);
}
