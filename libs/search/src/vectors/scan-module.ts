import { type Code, wasm, wasmModule } from './wasm-code.js';

/** The parameters of both scans, in order: addresses and lengths in bytes, but for the number of rows. */
type Scan = (query: number, rows: number, count: number, rowBytes: number, scores: number, scales: number) => void;

/** A memory of its own, and what scores the rows that lie in it. */
export interface Scanner {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** Inner products of a query of floats with rows of floats. */
  scanFloats: Scan;
  /** Inner products of a query of 16-bit numbers with rows of 8-bit numbers, times the scale of each row. */
  scanBytes: Scan;
}

// TypeScript knows WebAssembly only as a part of a browser.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object) => { exports: unknown };
  };
};

/** Both scans go through a row in steps of so many numbers: its length is a multiple of that. */
export const numbersPerStep = 32;

const parameters = 6;
const [query, rows, count, rowBytes, scores, scales] = [0, 1, 2, 3, 4, 5];
const [queryAt, rowEnd] = [6, 7];
const sums = [8, 9, 10, 11];
const locals = { i32: 2, v128: sums.length };
/** Bytes of a register: four floats, eight 16-bit or sixteen 8-bit numbers. */
const wide = 16;

const advance = (pointer: number, bytes: number): Code => [
  ...[wasm.get(pointer), wasm.i32Const(bytes), wasm.i32Add(), wasm.set(pointer)].flat(),
];

/** For each row: clears the sums, takes its steps, and stores the score that `total` leaves on the stack. */
const eachRow = (step: Code, total: Code): Code =>
  wasm.block(
    wasm.loop([
      ...[wasm.get(count), wasm.i32Eqz(), wasm.brIf(1)].flat(),
      ...[wasm.get(query), wasm.set(queryAt)].flat(),
      ...[wasm.get(rows), wasm.get(rowBytes), wasm.i32Add(), wasm.set(rowEnd)].flat(),
      ...sums.flatMap((sum) => [...wasm.v128Zero(), ...wasm.set(sum)]),
      ...wasm.loop([...step, ...[wasm.get(rows), wasm.get(rowEnd), wasm.i32Ne(), wasm.brIf(0)].flat()]),
      ...[wasm.get(scores), total, wasm.f32Store()].flat(),
      ...[advance(scores, 4), advance(scales, 4), advance(count, -1), wasm.br(0)].flat(),
    ]),
  );

/** The sums added up, and the four lanes of that. */
const across = (add: Code, addLanes: Code, lane: (lane: number) => Code): Code => {
  const [a = 0, b = 0, c = 0, d = 0] = sums;
  return [
    ...[wasm.get(a), wasm.get(b), add, wasm.get(c), wasm.get(d), add, add, wasm.set(a)].flat(),
    ...[0, 1, 2, 3].flatMap((at) => [...wasm.get(a), ...lane(at), ...(at === 0 ? [] : addLanes)]),
  ];
};

const floatStep = (): Code => {
  const registers = numbersPerStep / 4;
  const products = Array.from({ length: registers }, (_, at) => [
    ...[wasm.get(rows), wasm.v128Load(at * wide), wasm.get(queryAt), wasm.v128Load(at * wide), wasm.f32x4Mul()].flat(),
    ...[wasm.get(sums[at % 4] ?? 0), wasm.f32x4Add(), wasm.set(sums[at % 4] ?? 0)].flat(),
  ]);
  return [...products.flat(), ...advance(rows, registers * wide), ...advance(queryAt, registers * wide)];
};

const byteStep = (): Code => {
  const registers = numbersPerStep / wide;
  const product = (at: number, half: number, extend: Code): Code => {
    const place = 2 * at + half;
    const sum = sums[place % 4] ?? 0;
    return [
      ...[wasm.get(rows), wasm.v128Load(at * wide), extend].flat(),
      ...[wasm.get(queryAt), wasm.v128Load(place * wide), wasm.i32x4DotI16x8S()].flat(),
      ...[wasm.get(sum), wasm.i32x4Add(), wasm.set(sum)].flat(),
    ];
  };
  const products = Array.from({ length: registers }, (_, at) => [
    ...product(at, 0, wasm.i16x8ExtendLowI8x16S()),
    ...product(at, 1, wasm.i16x8ExtendHighI8x16S()),
  ]);
  return [...products.flat(), ...advance(rows, registers * wide), ...advance(queryAt, 2 * registers * wide)];
};

const addFloats = across(wasm.f32x4Add(), wasm.f32Add(), wasm.f32x4ExtractLane);
const addBytes = [
  ...[across(wasm.i32x4Add(), wasm.i32Add(), wasm.i32x4ExtractLane), wasm.f32ConvertI32S()].flat(),
  // The scale of the row makes the sum of whole numbers comparable with that of another row.
  ...[wasm.get(scales), wasm.f32Load(), wasm.f32Mul()].flat(),
];

/** The module, about 600 bytes; small enough to be put together at the start and never out of date with its source. */
const scanCode: Uint8Array<ArrayBuffer> = wasmModule(parameters, [
  { name: 'scanFloats', locals, body: eachRow(floatStep(), addFloats) },
  { name: 'scanBytes', locals, body: eachRow(byteStep(), addBytes) },
]);

let compiled: object | null = null;

/** A scanner with an empty memory. */
export function newScanner(): Scanner {
  compiled ??= new WebAssembly.Module(scanCode);
  return new WebAssembly.Instance(compiled).exports as Scanner;
}
