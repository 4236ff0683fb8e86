# Cutting a list by recipient

handover-cut-choose-title = Cut a list by recipient
handover-cut-lead = Choose the column that names the recipients. For each recipient a new file is made with only its rows and the columns that it may get. Rows of others, hidden rows, columns and sheets, comments and formulas don’t come along.
handover-cut-table = Sheet
handover-cut-table-hint = Only sheets that are shown and have a row of headings can be cut.
handover-cut-table-chosen = Sheet “{ $name }”
handover-cut-table-other = Choose another sheet
handover-cut-column = Column that names the recipients
handover-cut-column-hint = The office, facility or addressee. A row goes to one recipient.
handover-cut-column-other = Choose another column
handover-cut-whole = Keep all rows, and take away only columns and what is hidden
handover-cut-whole-hint = For a hand-over to one recipient: a new file with all rows that are shown and only the columns that are needed.
handover-cut-next = Next
handover-cut-rows = { $count } rows

handover-cut-preview-title = Lists by recipient
handover-cut-preview-lead = By the column “{ $column }” { $rows } rows become { $lists } lists. Nothing was made yet.
handover-cut-preview-lead-whole = { $rows } rows become a new file with only the columns that are needed. Nothing was made yet.
handover-cut-nobody-title = This column names no recipient
handover-cut-nobody-text = No recipient of this hand-over was found in the column “{ $column }”. Choose another column, or write the list and the names of the recipients alike.
handover-cut-left-out = What goes to nobody
handover-cut-of-nobody = { $count } rows that name no recipient, or more than one
handover-cut-row-numbers = Rows of the source: { $rows }
handover-cut-of-another = { $count } rows of recipients who aren’t in this hand-over
handover-cut-of-hidden = { $count } rows that are hidden in the source
handover-cut-without = Without a row: { $names }. No list is made for them. Take them out of the hand-over, or look at how the list is written.
handover-cut-lists = The lists
handover-cut-lists-text = The first five rows of each, with their values masked.
handover-cut-list-of = { $name } ({ $rows } rows)
handover-cut-called = Rows called like this are taken for its own too: { $names }
handover-cut-decide = Cut the list
handover-cut-recipients = Recipients
handover-cut-columns = Columns
handover-cut-columns-hint = What the recipients’ purposes need is chosen already. You may take columns away. Each recipient gets only those that it needs.
handover-cut-column-unknown = Nobody knows what this column holds. Choose it only after looking.
handover-cut-refused = These columns can’t go, because no recipient’s purpose needs them or because they are hidden in the source: { $names }
handover-cut-titles = Keep the lines above the headings
handover-cut-titles-hint = There are { $count } of them. Make sure that they say nothing about others.
handover-cut-source-goes = The source is taken out of this hand-over and its key destroyed, so that nobody can read it here any more. Your own file stays as it is.
handover-cut-really = Cut the list by recipient? The source leaves this hand-over.
handover-cut-now = Cut

handover-cut-error-not-permitted = A column is chosen that no recipient’s purpose needs. Choose only columns of the items for which the recipients are registered
handover-cut-error-nothing-left = A recipient would get nothing beside the column that names it. Choose columns, or leave that recipient out
handover-cut-error-no-recipient = Choose the recipients
handover-cut-not-checked = This file hasn’t been looked at yet. Please wait a moment and try again.
handover-cut-no-list = There is no list in this file that can be cut: a table with a row of headings, in a workbook or CSV.
handover-cut-too-long = At most 100,000 rows can be cut at once. Please part the file and try again.
handover-cut-unreadable = The file couldn’t be read to its end. Please open it, save it again, and try again.
handover-cut-nothing = The chosen recipients have no rows. Look at the column and the recipients.
done-handover-cut = The list was cut by recipient. What is in the new files is being looked at.

act-handover-cut = List cut by recipient
