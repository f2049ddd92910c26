import { Button } from '@backstage/ui';

/** What {@link MorePages} takes. @public */
export interface MorePagesProps {
  /** A list that is asked for page by page. */
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
  /** Word on the button. */
  label: string;
}

/** The way to the next page of a list; nothing where there is none. @public */
export function MorePages({ query, label }: MorePagesProps) {
  if (!query.hasNextPage) return null;
  return (
    <div>
      <Button
        variant="secondary"
        isPending={query.isFetchingNextPage}
        onPress={() => query.fetchNextPage()}
      >
        {label}
      </Button>
    </div>
  );
}
