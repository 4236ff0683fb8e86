# Files of sheets (.xlsx and CSV)

sheet-download = Download this list:
sheet-download-xlsx = Excel (.xlsx)
sheet-download-csv = CSV (UTF-8)
sheet-download-cp932 = CSV (Shift JIS)

sheet-unwritable-cp932 = There is a character that Shift_JIS (CP932) can’t carry. Please save the source as a workbook or as CSV in UTF-8, and try again.
sheet-unwritable-title = Characters that Shift JIS can't carry
sheet-unwritable-lead = This list has { $count } different characters that Shift JIS (CP932) can't carry. So that none is replaced or dropped, no file was made. Use the CSV in UTF-8 or the Excel file.
sheet-unwritable-character = Character
sheet-unwritable-code = Code point
sheet-unwritable-count = How often
sheet-unwritable-where = First place
sheet-unwritable-at = Row { $row }, “{ $heading }”
sheet-unwritable-text = Its text
sheet-unwritable-unicode = Download the CSV in UTF-8

sheet-separator = ;

sheet-at = “{ $sheet }”
sheet-at-row = “{ $sheet }”, row { $row }
sheet-at-cell = “{ $sheet }”, row { $row }, column { $column }

sheet-fault-empty = The file is empty.
sheet-fault-size = The file is larger than 25 MB. Split its rows into several files.
sheet-fault-type = Only .xlsx and .csv files can be read.
sheet-fault-content = The content doesn't fit the name's ending (.xlsx, .csv). Open it in a spreadsheet program and save it as .xlsx or .csv.
sheet-fault-protected = This is the old format (.xls), or a file with a password. Take the password off and save it as .xlsx.
sheet-fault-macro = Files with macros aren't taken. Save it as a plain workbook (.xlsx).
sheet-fault-bomb = The file unpacks to more than is taken. It wasn't opened.
sheet-fault-broken = The file is damaged and can't be read. Open it in a spreadsheet program and save it as .xlsx.
sheet-fault-columns = Too many columns: the leftmost { $max } are read. Look for a value left in a far cell.
sheet-fault-rows = Too many rows: { $max } are read. Look for a value left in a far cell.
sheet-fault-cells = Too many cells: { $max } are read.
sheet-fault-merged = Cells are merged ({ $range }). Unmerge them and fill in every cell.
sheet-fault-formula = The formula gives an error. Enter the value.
sheet-fault-replaced = There is a character that could no longer be read (�). Enter it again from the source.
sheet-fault-encoding = There are bytes that are neither UTF-8 nor Shift JIS. Save the file as “CSV UTF-8”.
sheet-fault-utf16 = The file is in UTF-16. Save it as “CSV UTF-8”.
sheet-fault-euc = The file seems to be in EUC-JP. Save it as “CSV UTF-8” or in Shift JIS.
sheet-fault-quotes = A quotation mark (") isn't closed.
