Attribute VB_Name = "KamRibbon"
Option Explicit

' The callbacks of the ribbon, the same for every control. A control's tag is its id in the first
' column of the add-in's one sheet. No Python here: Office asks for labels while it starts.

Private Const LONGEST_ID As Long = 64
Private Const LABEL As Long = 2 ' column in Chinese; English to its right
Private Const TIP As Long = 4
Private Const FIXED_LANGUAGE As String = "G2" ' auto, zh or en

Public Sub KamRibbon_OnAction(control As IRibbonControl)
    Dim reason As String
    On Error GoTo Failed
    If Not IsActionId(control.Tag) Then
        KamHost_Tell TextOf("message.refused", LABEL)
    ElseIf ActiveWorkbook Is Nothing Then
        KamHost_Tell TextOf("message.no_workbook", LABEL)
    ElseIf Not KamHost_CanPass(ActiveWorkbook.Name) Then
        KamHost_Tell TextOf("message.name", LABEL)
    Else
        KamHost_Run CommandOf(control.Tag), TextOf("message.starting", LABEL)
    End If
    Exit Sub
Failed:
    reason = Err.Description
    KamHost_ResetStatus
    KamHost_Tell TextOf("message.failed", LABEL) & " " & reason
End Sub

Public Sub KamRibbon_GetLabel(control As IRibbonControl, ByRef returned)
    returned = TextOf(control.Tag, LABEL)
End Sub

Public Sub KamRibbon_GetScreentip(control As IRibbonControl, ByRef returned)
    returned = TextOf(control.Tag, LABEL)
End Sub

Public Sub KamRibbon_GetSupertip(control As IRibbonControl, ByRef returned)
    returned = TextOf(control.Tag, TIP)
End Sub

' Whether the id can stand in a line for a shell: letters, digits, _ and . of ASCII alone.
Private Function IsActionId(id As String) As Boolean
    Dim i As Long
    If Len(id) < 1 Or Len(id) > LONGEST_ID Then Exit Function
    For i = 1 To Len(id)
        Select Case AscW(Mid$(id, i, 1))
            Case 48 To 57, 65 To 90, 97 To 122, 95, 46
            Case Else: Exit Function
        End Select
    Next
    IsActionId = True
End Function

Private Function CommandOf(id As String) As String
    CommandOf = "import kam_excel.ribbon; kam_excel.ribbon.on_action('" & id & "', '" & Language() & "')"
End Function

' A text of the sheet in the user's language; the id itself where the sheet has none.
Private Function TextOf(id As String, column As Long) As String
    Dim sheet As Object, row As Long, offset As Long
    Set sheet = ThisWorkbook.Worksheets(1)
    If Language() = "en" Then offset = 1
    TextOf = id
    row = 2
    Do While sheet.Cells(row, 1).Value <> ""
        If sheet.Cells(row, 1).Value = id Then
            TextOf = sheet.Cells(row, column + offset).Value
            Exit Do
        End If
        row = row + 1
    Loop
End Function

Private Function Language() As String
    Language = ThisWorkbook.Worksheets(1).Range(FIXED_LANGUAGE).Value
    If Language <> "zh" And Language <> "en" Then Language = KamHost_Language()
End Function
