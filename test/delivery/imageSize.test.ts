import assert from 'node:assert/strict';
import { imageSize } from '../../client/src/delivery/imageSize.ts';

const megabyte = 1_000_000;
const hintOf = (createdBy: string, sizeBytes = 5 * megabyte): string | undefined =>
  imageSize([{ createdBy, sizeBytes }]).layers[0]?.hint;

describe('The size of an image', () => {
  it('is told by layer, the first layer first, in the words of the Dockerfile', () => {
    const size = imageSize([
      { createdBy: 'CMD ["/app"]', sizeBytes: 0 },
      { createdBy: 'COPY app /app # buildkit', sizeBytes: 3 * megabyte },
      { createdBy: 'RUN |1 VERSION=2 /bin/sh -c apk add curl # buildkit', sizeBytes: 4 * megabyte },
      { createdBy: '/bin/sh -c #(nop) ADD file:abc in / ', sizeBytes: 3 * megabyte },
    ]);
    assert.equal(size.totalBytes, 10 * megabyte);
    assert.deepEqual(
      size.layers.map(({ instruction, share }) => [instruction, share]),
      [
        ['ADD file:abc in /', 0.3],
        ['RUN apk add curl', 0.4],
        ['COPY app /app', 0.3],
      ],
    );
    assert.equal(size.layers[1]?.hint, 'Use apk add --no-cache.');
  });

  const hints: [createdBy: string, hint: RegExp | undefined][] = [
    ['/bin/sh -c apt-get update && apt-get install -y curl', /apt\/lists/],
    ['/bin/sh -c apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*', undefined],
    ['RUN /bin/sh -c pip install flask # buildkit', /--no-cache-dir/],
    ['RUN /bin/sh -c pip install --no-cache-dir flask # buildkit', undefined],
    ['RUN /bin/sh -c npm ci # buildkit', /development dependencies/],
    ['RUN /bin/sh -c npm ci --omit=dev # buildkit', undefined],
    ['RUN /bin/sh -c chown -R app /srv # buildkit', /second time/],
    ['RUN /bin/sh -c mvn package # buildkit', /stage of its own/],
    ['COPY . /app # buildkit', /\.dockerignore/],
    ['COPY --chown=1 . . # buildkit', /\.dockerignore/],
    ['COPY src /app # buildkit', undefined],
  ];
  for (const [createdBy, hint] of hints) {
    it(`${createdBy} ${hint ? 'has' : 'has no'} hint`, () => {
      const found = hintOf(createdBy);
      if (hint) assert.match(found ?? '', hint);
      else assert.equal(found, undefined);
    });
  }

  it('gives no hint where little is to be gained', () => {
    assert.equal(hintOf('/bin/sh -c apt-get install -y x', 100), undefined);
  });
});
