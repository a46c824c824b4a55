import type { SourceNode } from '../../text/sourceNode.ts';
import type { BuildObject } from './buildObject.ts';
import { wroteInto } from './buildObject.ts';
import { changeField, type FieldSpec } from './fieldSpecs.ts';
import { derivedScalar, type Tree, textAt } from './sourceTree.ts';

/** Where Kustomize looks for images. */
export const IMAGES: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((prefix) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((path) => ({
    path: `${prefix}/${path}`,
  })),
);

/** Replaces name, tag or digest of the images that an entry of `images` means; gives the number of places. */
export function setImage(objects: readonly BuildObject[], entry: SourceNode, fields: readonly FieldSpec[]): number {
  const name = entry.text('name');
  if (name === undefined || !entry.known) return 0;
  const pattern = imagePattern(name);
  if (!pattern) return 0;
  let count = 0;
  for (const object of objects) {
    if (!imagesIn(object.tree).some((image) => pattern.test(image))) continue;
    if (textAt(object.tree, 'kind') === 'CustomResourceDefinition') continue;
    const set = (image: Tree): Tree => {
      const written = textAt(image);
      if (written === undefined || !pattern.test(written)) return image;
      count++;
      const { text, at } = newImage(written, entry);
      if (text === written) return image;
      return derivedScalar(at, text, image.key);
    };
    for (const field of fields) if (changeField(object, field, set)) wroteInto(object, entry.source.uri);
    for (const field of ['containers', 'initContainers']) changeAnywhere(object, field, set, entry);
  }
  return count;
}

/** Containers of kinds that Kustomize does not know are found by the name of their list. */
function changeAnywhere(object: BuildObject, list: string, set: (image: Tree) => Tree, entry: SourceNode): void {
  const walk = (tree: Tree): Tree => {
    if (tree.kind !== 'map' && tree.kind !== 'list') return tree;
    let isChanged = false;
    const children = (tree.children ?? []).map((child) => {
      const node = child.origin ? (child as Tree) : { ...child, origin: tree.origin };
      let walked = walk(node);
      if (node.key === list && walked.kind === 'list') {
        walked = {
          ...walked,
          children: (walked.children ?? []).map((item) => {
            const container = item.origin ? (item as Tree) : { ...item, origin: walked.origin };
            const images = (container.children ?? []).map((field) => {
              if (field.key !== 'image') return field;
              const located = field.origin ? (field as Tree) : { ...field, origin: container.origin };
              const changed = set(located);
              return changed === located ? field : changed;
            });
            return images.every((field, index) => field === container.children![index])
              ? item
              : { ...container, children: images };
          }),
        };
        if (walked.children!.every((item, index) => item === node.children![index])) walked = node;
      }
      if (walked === node) return child;
      isChanged = true;
      return walked;
    });
    return isChanged ? { ...tree, children } : tree;
  };
  const changed = walk(object.tree);
  if (changed === object.tree) return;
  object.tree = changed;
  wroteInto(object, entry.source.uri);
}

const images = new WeakMap<object, readonly string[]>();

/** Every text of an object that may be an image: most objects have none, and need no second look. */
function imagesIn(tree: Pick<Tree, 'children' | 'key' | 'scalar'>): readonly string[] {
  if (!tree.children) {
    const isImage = tree.key === 'image' || tree.key === 'reference';
    return isImage && typeof tree.scalar === 'string' ? [tree.scalar] : NONE;
  }
  let found = images.get(tree.children);
  if (!found) {
    found = tree.children.flatMap(imagesIn);
    if (found.length === 0) found = NONE;
    images.set(tree.children, found);
  }
  return found;
}

const NONE: readonly string[] = Object.freeze([]);

function imagePattern(name: string): RegExp | undefined {
  // Kustomize takes the name for an expression; a plain name, dots and all, is what everybody writes.
  if (!/^[\w./:@-]+$/.test(name)) return undefined;
  return new RegExp(`^${name}(?::[\\w.{}-]*)?(?:@sha256:[\\w.{}-]*)?$`);
}

function newImage(written: string, entry: SourceNode): { text: string; at: SourceNode } {
  const slash = Math.max(0, written.indexOf('/'));
  const at = written.indexOf('@', slash);
  const colon = written.indexOf(':', slash);
  const end = Math.min(...[at, colon, written.length].filter((index) => index >= 0));
  const [newName, newTag, newDigest, suffix] = ['newName', 'newTag', 'digest', 'tagSuffix'].map((key) =>
    entry.find(key),
  );
  let tag = colon >= 0 && (at < 0 || colon < at) ? written.slice(colon + 1, at < 0 ? undefined : at) : '';
  let digest = at >= 0 ? written.slice(at + 1) : '';
  const [wantedTag, wantedDigest] = [newTag?.text() ?? '', newDigest?.text() ?? ''];
  if (wantedTag !== '' || wantedDigest !== '') {
    tag = wantedTag;
    digest = wantedDigest;
  } else if (suffix?.text()) {
    tag += suffix.text()!;
    digest = '';
  }
  const name = newName?.text() || written.slice(0, end);
  return {
    text: name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`),
    at: newTag ?? newDigest ?? suffix ?? newName ?? entry,
  };
}
