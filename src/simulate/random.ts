/** Random numbers that are the same for the same seed. */

/** Evenly spread over [0, 1): a counter whose bits are mixed (the finaliser of MurmurHash3). */
export function randomFrom(seed: number): () => number {
  let counter = Math.imul(seed, 0x9e3779b1);
  return () => {
    counter = (counter + 0x6d2b79f5) | 0;
    let bits = counter ^ (counter >>> 16);
    bits = Math.imul(bits, 0x85ebca6b);
    bits ^= bits >>> 13;
    bits = Math.imul(bits, 0xc2b2ae35);
    bits ^= bits >>> 16;
    return (bits >>> 0) / 2 ** 32;
  };
}
