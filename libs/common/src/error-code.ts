/** Returns the code of an error of a driver or the file system. Their messages may quote stored values, codes do not. */
export function errorCode(error: unknown): string {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code ?? 'unknown error';
}
