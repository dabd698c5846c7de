/** What is wrong, in one line; nothing while all is well. It is read out when it comes. */
export function ErrorLine({ id, text }: { readonly id?: string; readonly text: string | null }) {
  return (
    <p class="fl-error" id={id} role="status">
      {text}
    </p>
  );
}
