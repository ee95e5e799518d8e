// `WRITERS=50 EDITS=20` is the long form of these tests; without, they take as long as CI has time for.
export const writers = (usual: number): number => Number(process.env['WRITERS'] ?? usual);
export const edits = (usual: number): number => Number(process.env['EDITS'] ?? usual);

export const timeout = process.env['EDITS'] === undefined ? 300_000 : 3_600_000;
