"""Tables of a document to the rows of its report: headings, columns, sections, numbers, faults."""
