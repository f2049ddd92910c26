/** The flame with wings. Decoration: the name always stands beside it, or its link carries a label. */
export function Logo(props: { size: number }) {
  return (
    <svg
      width={props.size}
      height={props.size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="7" fill="#10282e" />
      <path
        fill="#f2a33a"
        d="M16 4c1.2 4.6 5.6 7 5.6 12.2 0 3.4-2.3 5.8-5.6 5.8s-5.6-2.4-5.6-5.8C10.4 11 14.8 8.6 16 4z"
      />
      <path
        fill="#e2622f"
        d="M3.8 10.200c4.2 1 7.4 4.2 8.2 8.4.6 3 .2 5.8-1.2 8.400C6.2 23.2 3.4 17.6 3.8 10.200z"
      />
      <path
        fill="#e2622f"
        d="M28.2 10.200c-4.2 1-7.4 4.2-8.2 8.4-.6 3-.2 5.8 1.2 8.4 4.6-3.8 7.4-9.4 7-16.800z"
      />
      <path
        fill="#fbd9a0"
        d="M16 13.500c.7 2.2 2.5 3.3 2.5 5.6 0 3.2-1.4 6.2-2.5 8.9-1.1-2.7-2.5-5.7-2.5-8.9 0-2.3 1.8-3.4 2.5-5.600z"
      />
    </svg>
  );
}
