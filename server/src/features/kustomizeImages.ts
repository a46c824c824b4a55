import { parseImageReference } from '../languages/imageReference.ts';
import { workloadOf } from '../workspace/kubernetes/workload.ts';
import type { Resource } from '../workspace/resource.ts';

/** The images of containers as their own files write them, without tag and digest. */
export function containerImages(objects: readonly Resource[]): readonly string[] {
  const images = new Set<string>();
  for (const object of objects) {
    const written = object.built?.written;
    const workload = workloadOf(written ? { ...object, root: written } : object);
    for (const container of [...(workload?.initContainers ?? []), ...(workload?.containers ?? [])]) {
      const image = container.text('image') ?? '';
      const reference = parseImageReference(image);
      if (reference) images.add(image.slice(0, reference.nameEnd));
    }
  }
  return [...images].sort();
}
