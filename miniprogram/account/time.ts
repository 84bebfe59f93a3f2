/** Returns a time of the service as `11月27日 12:30`, in the time zone of the phone. */
export function timeInWords(isoTime: string): string {
  const at = new Date(isoTime);
  const [hours, minutes] = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0'));
  return `${at.getMonth() + 1}月${at.getDate()}日 ${hours}:${minutes}`;
}
