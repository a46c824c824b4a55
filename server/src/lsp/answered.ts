/** Documents whose last answer is kept: as many as anybody looks at side by side. */
const MOST_DOCUMENTS = 24;

/** What `data` of an item says: which answer it is of, and its place there. */
interface Mark {
  readonly uri: string;
  readonly generation: number;
  readonly index: number;
}

/** The last answer for each document, so that one item of it can be looked at more closely later. */
export class Answered<Item> {
  readonly #latest = new Map<string, { generation: number; items: readonly Item[] }>();
  #generation = 0;

  /** Keeps an answer; gives for each item what is to be sent as its `data`. */
  keep(uri: string, items: readonly Item[]): readonly Mark[] {
    const generation = ++this.#generation;
    this.#latest.delete(uri);
    this.#latest.set(uri, { generation, items });
    for (const [oldest] of this.#latest) {
      if (this.#latest.size <= MOST_DOCUMENTS) break;
      this.#latest.delete(oldest);
    }
    return items.map((_, index) => ({ uri, generation, index }));
  }

  /** The item that `data` marks; undefined when its document was asked about again since. */
  find(data: unknown): Item | undefined {
    const { generation, index, uri } = (typeof data === 'object' && data !== null ? data : {}) as Partial<Mark>;
    const answer = uri === undefined ? undefined : this.#latest.get(uri);
    return answer?.generation === generation && index !== undefined ? answer?.items[index] : undefined;
  }
}
