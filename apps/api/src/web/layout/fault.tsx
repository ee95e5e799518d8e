/** Why a form was refused, above the form; nothing when it was not. */
export function Fault({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <p class="site-notice" role="alert">
      {text}
    </p>
  );
}
