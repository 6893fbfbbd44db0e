import { checkPerSample } from '../checks';
import { classOrder } from '../classes';

/** How well clusters agree with classes, each share in [0, 1]. */
export interface Agreement {
  /** Normalised mutual information, 2 I / (H(clusters) + H(classes)); 1 where both entropies are 0. */
  readonly nmi: number;
  /** 2 P R / (P + R) over pairs of samples: P = share of pairs of one cluster that are of one class, R the converse. */
  readonly f1: number;
}

/**
 * Agreement of a clustering with the classes. The entropies are averaged arithmetically, as scikit-learn does since
 * 0.22; values of older Python code are geometric and a little higher. F1 is 0 where no pair is both of one cluster and of one class.
 *
 * Memory is in proportion to the samples: of the table clusters x classes only cells that occur are kept.
 *
 * @param clusters `[n]`, any integers
 * @param labels `[n]`, any integers
 * @see Manning, Raghavan, Schuetze, Introduction to Information Retrieval, 2008, section 16.3
 */
export function clusterAgreement(clusters: Int32Array, labels: Int32Array): Agreement {
  checkPerSample('clusterAgreement', 'labels', labels, clusters.length);
  const n = labels.length;
  if (n === 0) throw new RangeError('clusterAgreement: needs at least one sample, got none');
  const [of, by] = [classOrder(clusters), classOrder(labels)];
  const sizes = { clusters: sizesOf(of.starts), classes: sizesOf(by.starts) };
  let [mutual, both] = [0, 0];
  for (const [cell, count] of cellsOf(of.classOf, by.classOf, by.classes)) {
    const [cluster, kind] = [Math.floor(cell / by.classes), cell % by.classes];
    mutual += (count / n) * Math.log((n * count) / (sizes.clusters[cluster]! * sizes.classes[kind]!));
    both += (count * (count - 1)) / 2;
  }
  const entropies = entropy(sizes.clusters, n) + entropy(sizes.classes, n);
  const [sameCluster, sameClass] = [pairs(sizes.clusters), pairs(sizes.classes)];
  return {
    nmi: entropies === 0 ? 1 : Math.min(1, Math.max(0, (2 * mutual) / entropies)),
    f1: both === 0 ? 0 : (2 * both) / (sameCluster + sameClass),
  };
}

const sizesOf = (starts: Int32Array): Int32Array => starts.subarray(1).map((end, k) => end - starts[k]!);

function cellsOf(clusterOf: Int32Array, classOf: Int32Array, classes: number): Map<number, number> {
  const cells = new Map<number, number>();
  clusterOf.forEach((cluster, sample) => {
    const cell = cluster * classes + classOf[sample]!;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  });
  return cells;
}

const entropy = (sizes: Int32Array, n: number): number => sizes.reduce((sum, size) => sum - (size / n) * Math.log(size / n), 0);
const pairs = (sizes: Int32Array): number => sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
