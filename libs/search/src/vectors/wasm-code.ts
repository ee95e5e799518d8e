/** Bytes of WebAssembly code. */
export type Code = readonly number[];

/** A function that answers with nothing; all its parameters are i32. */
export interface WasmFunction {
  name: string;
  locals: { i32: number; v128: number };
  body: Code;
}

const type = { i32: 0x7f, v128: 0x7b, function: 0x60, empty: 0x40 } as const;
const section = { types: 1, functions: 3, memories: 5, exports: 7, code: 10 } as const;
const kind = { function: 0, memory: 2 } as const;
const end = 0x0b;

/** An unsigned number as LEB128. */
const unsigned = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];

/** A signed number as LEB128. */
function signed(value: number): number[] {
  const rest = value >> 7;
  const low = value & 0x7f;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

const simd = (code: number) => (): Code => [0xfd, ...unsigned(code)];
const plain = (code: number) => (): Code => [code];
const local = (code: number) => (index: number) => [code, ...unsigned(index)];
/** Loads and stores: an address is on the stack, `offset` is added to it. */
const memory =
  (...code: number[]) =>
  (offset = 0): Code => [...code, 0, ...unsigned(offset)];

/** The instructions that are used here, by the names that the specification gives them. */
export const wasm = {
  block: (body: Code): Code => [0x02, type.empty, ...body, end],
  loop: (body: Code): Code => [0x03, type.empty, ...body, end],
  br: local(0x0c),
  brIf: local(0x0d),
  get: local(0x20),
  set: local(0x21),
  i32Const: (value: number): Code => [0x41, ...signed(value)],
  i32Eqz: plain(0x45),
  i32Ne: plain(0x47),
  i32Add: plain(0x6a),
  f32Load: memory(0x2a),
  f32Store: memory(0x38),
  f32Add: plain(0x92),
  f32Mul: plain(0x94),
  f32ConvertI32S: plain(0xb2),
  v128Load: memory(0xfd, 0x00),
  v128Zero: (): Code => [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  i32x4ExtractLane: (lane: number): Code => [...simd(0x1b)(), lane],
  f32x4ExtractLane: (lane: number): Code => [...simd(0x1f)(), lane],
  f32x4Add: simd(0xe4),
  f32x4Mul: simd(0xe6),
  i16x8ExtendLowI8x16S: simd(0x87),
  i16x8ExtendHighI8x16S: simd(0x88),
  i32x4Add: simd(0xae),
  i32x4DotI16x8S: simd(0xba),
};

/** A module of these functions, each with so many parameters, over one memory of its own that it exports. */
export function wasmModule(parameters: number, functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const signature = [type.function, ...list(new Array<Code>(parameters).fill([type.i32])), 0];
  const exported = functions.map(({ name }, index) => [...text(name), kind.function, ...unsigned(index)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...part(section.types, [signature]),
    ...part(
      section.functions,
      functions.map(() => [0]),
    ),
    ...part(section.memories, [[0, 1]]),
    ...part(section.exports, [[...text('memory'), kind.memory, 0], ...exported]),
    ...part(section.code, functions.map(codeOf)),
  ]);
}

const list = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flat()];
const sized = (code: Code): number[] => [...unsigned(code.length), ...code];
const part = (id: number, items: readonly Code[]): number[] => [id, ...sized(list(items))];
const text = (name: string): number[] => sized([...Buffer.from(name)]);

const codeOf = ({ locals, body }: WasmFunction): number[] =>
  sized([
    ...list([
      [...unsigned(locals.i32), type.i32],
      [...unsigned(locals.v128), type.v128],
    ]),
    ...body,
    end,
  ]);
